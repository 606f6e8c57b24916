/** A reference to another node by its address. */
export interface Reference {
  readonly '@id': string;
}

export interface Person {
  readonly '@type': 'Person';
  readonly name: string;
}

export interface Organization {
  readonly '@type': 'Organization';
  readonly name: string;
  readonly url?: string;
}

export interface ScholarlyArticle {
  readonly '@type': 'ScholarlyArticle';
  readonly name: string;
  readonly author: readonly Person[];
  readonly datePublished?: string;
  readonly isPartOf?: { readonly '@type': 'PublicationIssue' | 'Periodical'; readonly name: string };
  readonly identifier?: readonly { readonly '@type': 'PropertyValue'; readonly propertyID: 'DOI' | 'arXiv'; readonly value: string }[];
  readonly sameAs?: string;
}

export interface DefinedTermSet {
  readonly '@type': 'DefinedTermSet';
  readonly '@id': string;
  readonly name: string;
  readonly url: string;
}

export interface DefinedTerm {
  readonly '@type': 'DefinedTerm';
  readonly '@id': string;
  readonly name: string;
  readonly description: string;
  readonly alternateName?: readonly string[];
  readonly termCode?: string;
  readonly inDefinedTermSet: DefinedTermSet | Reference;
}

export interface DataDownload {
  readonly '@type': 'DataDownload';
  readonly name: string;
  readonly encodingFormat: string;
  readonly contentUrl: string;
}

export interface Dataset {
  readonly '@type': 'Dataset';
  readonly '@id': string;
  readonly name: string;
  readonly description: string;
  readonly url: string;
  readonly license: string;
  readonly creator: Organization;
  readonly version?: string;
  readonly isAccessibleForFree: true;
  readonly variableMeasured?: readonly string[];
  readonly measurementTechnique?: string;
  readonly citation?: readonly ScholarlyArticle[];
  readonly distribution: readonly DataDownload[];
}

export interface WebSite {
  readonly '@type': 'WebSite';
  readonly '@id': string;
  readonly name: string;
  readonly description: string;
  readonly url: string;
  readonly inLanguage: 'en';
  readonly license: string;
  readonly publisher: Organization;
}

export interface WebPage {
  readonly '@type': 'WebPage' | 'CollectionPage' | 'AboutPage' | 'ItemPage';
  readonly '@id': string;
  readonly url: string;
  readonly name: string;
  readonly description: string;
  readonly inLanguage: 'en';
  readonly isPartOf: Reference;
  readonly breadcrumb?: Reference;
  readonly primaryImageOfPage?: { readonly '@type': 'ImageObject'; readonly url: string; readonly width: number; readonly height: number };
  readonly license?: string;
  readonly dateModified?: string;
  readonly keywords?: readonly string[];
  readonly mainEntity?: Reference;
  readonly about?: readonly ScholarlyArticle[];
  readonly citation?: readonly ScholarlyArticle[];
}

export interface BreadcrumbList {
  readonly '@type': 'BreadcrumbList';
  readonly '@id': string;
  readonly itemListElement: readonly {
    readonly '@type': 'ListItem';
    readonly position: number;
    readonly name: string;
    readonly item: string;
  }[];
}

/** A node of a page's structured data: the types of schema.org that the atlas uses, with the properties that it gives. */
export type JsonLd = WebSite | WebPage | BreadcrumbList | DefinedTerm | DefinedTermSet | Dataset | ScholarlyArticle;

/** Structured data as the text of a script element, which no value of it can end. */
export function jsonLdText(nodes: readonly JsonLd[]): string {
  return JSON.stringify({ '@context': 'https://schema.org', '@graph': nodes }).replaceAll('<', '\\u003c');
}
