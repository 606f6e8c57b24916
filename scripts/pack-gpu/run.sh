#!/bin/sh
# Runs the benchmark on this machine's graphics card; nothing is installed. What is done already is not done again.
set -u
here=$(cd "$(dirname "$0")" && pwd)
out=$here/out
vulkan=
adapter=
workers=4
tables=$(cat "$here/tables" 2>/dev/null)
quick=

help() {
  cat <<END
./run.sh [options]
Says what the graphics card is, compares the engine on it with stored results of the original libraries, runs the tables of
the benchmark on it and times networks of published shapes. Everything goes into one folder; a second call goes on.

  --out DIR        where results go (default: out/ beside this script)
  --table "T …"    tables, each as ID or ID:PRESET (default: $tables)
  --workers N      runs at the same time on the one card (default: $workers)
  --vulkan DIR     a folder with a Vulkan driver (libvulkan.so.1 and a description *icd*.json) instead of the system's
  --adapter NAME   a part of the adapter's name; needed for one that computes on the processor, as SwiftShader
  --quick          a few cases, one tiny run and tiny networks, to try whether all works (a minute or two)

Exit code 0: all was done. 1: a part failed, which is named in the last lines. 2: there is no graphics card to use.
END
}

while [ $# -gt 0 ]; do
  case $1 in
    --out) out=$2; shift 2 ;;
    --table) tables=$2; shift 2 ;;
    --workers) workers=$2; shift 2 ;;
    --vulkan) vulkan=$(cd "$2" && pwd) || exit 2; shift 2 ;;
    --adapter) adapter=$2; shift 2 ;;
    --quick) quick=1; shift ;;
    --help | -h) help; exit 0 ;;
    *) echo "$1: no such option; --help lists them" >&2; exit 2 ;;
  esac
done
mkdir -p "$out" || exit 2
out=$(cd "$out" && pwd)

# The Vulkan loader finds the driver by a description, which lies in other places in some containers.
describe_driver() {
  for file in /usr/share/vulkan/icd.d/*nvidia*.json /etc/vulkan/icd.d/*nvidia*.json /usr/local/nvidia/share/vulkan/icd.d/*.json \
    /usr/local/share/vulkan/icd.d/*nvidia*.json /usr/share/glvnd/*nvidia*icd*.json; do
    if [ -e "$file" ]; then echo "$file"; return; fi
  done
  printf '{"file_format_version":"1.0.1","ICD":{"library_path":"libGLX_nvidia.so.0","api_version":"1.3.0"}}\n' >"$out/nvidia_icd.json"
  echo "$out/nvidia_icd.json"
}

if [ -n "$vulkan" ]; then
  description=$(ls "$vulkan"/*icd*.json | head -n 1)
  LD_LIBRARY_PATH=$vulkan${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
else
  description=$(describe_driver)
  LD_LIBRARY_PATH=${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}/usr/local/nvidia/lib64:$here/vulkan
fi
VK_DRIVER_FILES=${VK_DRIVER_FILES:-$description}
VK_ICD_FILENAMES=$VK_DRIVER_FILES
ATLAS_WEBGPU_ADAPTER=$adapter
export LD_LIBRARY_PATH VK_DRIVER_FILES VK_ICD_FILENAMES ATLAS_WEBGPU_ADAPTER

cd "$here" || exit 2
failed=

echo "== device"
if ! ./node scripts/graphics-device.ts >"$out/device.json.new"; then
  echo "The driver was looked for by $VK_DRIVER_FILES. What its library misses, if anything:" >&2
  library=$(sed -n 's/.*"library_path" *: *"\([^"]*\)".*/\1/p' "$VK_DRIVER_FILES" 2>/dev/null | head -n 1)
  file=$(ldconfig -p 2>/dev/null | sed -n "s|.*$library.* => ||p" | head -n 1)
  if [ -n "$file" ]; then ldd "$file" | grep 'not found' >&2; else echo "  $library is not on this machine" >&2; fi
  exit 2
fi
mv "$out/device.json.new" "$out/device.json"
cat "$out/device.json"
nvidia-smi -L 2>/dev/null

# once NAME COMMAND …: its output becomes NAME when it succeeds; not again when NAME is there
once() {
  name=$1
  shift
  if [ -s "$out/$name" ]; then echo "$name is there"; return; fi
  if "$@" >"$out/$name.new"; then mv "$out/$name.new" "$out/$name"; else mv "$out/$name.new" "$out/$name.failed"; failed="$failed $name"; fi
}

run_table() {
  id=${1%%:*}
  preset=committed
  case $1 in *:*) preset=${1#*:} ;; esac
  echo "== table $id, $preset"
  shift
  ./node scripts/bench.ts run --table "$id" --preset "$preset" --backend webgpu --workers "$workers" --out "$out" "$@" || failed="$failed $id:$preset"
}

echo "== parity"
if [ -n "$quick" ]; then
  once parity-quick.json ./node scripts/parity.ts --backend webgpu --json --case alignment-a --case optimiser-a --case vit-forward-a
  run_table try --root "$here/try"
  echo "== shapes"
  once shapes-quick.json ./node scripts/bench-engine.ts --part shapes --backend webgpu --quick --rounds 1 --json
else
  once parity.json ./node scripts/parity.ts --backend webgpu --json
  echo "== shapes"
  once shapes.json ./node scripts/bench-engine.ts --part shapes --backend webgpu --json
  for table in $tables; do run_table "$table"; done
fi

if [ -n "$failed" ]; then
  echo "Failed:$failed. The same command goes on with what is missing." >&2
  exit 1
fi
echo "All is done; the results are in $out."
