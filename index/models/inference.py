"""How a question is computed: ONNX Runtime sessions and matrix products, each on one thread.

One question is too little work to share. Two threads answer an idle machine's question in 0.7 of the time and a busy
one's in 1.5 of it, threads that wait for each other made matrix products ten times slower, and the number of threads
must not show in the scores.
"""

import os
from functools import cache
from pathlib import Path
from typing import Any

from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]


def inference(model: Path | bytes) -> Any:
    """A session over a graph that needs no more optimising; several threads may run it.

    Raises exceptions of ONNX Runtime's own, derived from Exception, for a graph that it can't read.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 4
    source = model if isinstance(model, bytes) else str(model)
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])


@cache
def blas() -> ThreadpoolController:
    """Control over the threads of matrix products: `with blas().limit(limits=1, user_api="blas"):`."""
    return ThreadpoolController()


def processors() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
