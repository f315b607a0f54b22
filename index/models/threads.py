"""How many threads matrix products take."""

from functools import cache

from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]


@cache
def blas() -> ThreadpoolController:
    """Control over the threads of matrix products: `with blas().limit(limits=1, user_api="blas"):`.

    One question is too little work to share: threads that wait for each other made it ten times slower
    on a busy machine, and their number must not show in the scores.
    """
    return ThreadpoolController()
