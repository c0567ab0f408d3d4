"""The data of the benchmarks: the same bytes from the same code, on every machine."""
