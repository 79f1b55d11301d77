"""Solves one instance with SciPy: linear_sum_assignment where it is dense, min_weight_full_bipartite_matching where it is not.

The file holds 32-bit integers: rows, columns, edges; then the row, the column and the cost of each edge. Prints what the sum of costs is and
the processor time of the solve alone.
"""

import sys
import time

import numpy
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

raw = numpy.fromfile(sys.argv[1], dtype=numpy.int32)
rows, columns, edges = (int(number) for number in raw[:3])
row, column, cost = raw[3:].reshape(3, edges)

if edges == rows * columns:
    matrix = cost.reshape(rows, columns).astype(numpy.float64)
    began = time.process_time()
    of, to = linear_sum_assignment(matrix)
    spent = time.process_time() - began
    total = int(matrix[of, to].sum())
else:
    # A stored zero would be no edge there, so every cost is lifted above it and put down again.
    lift = float(2**31)
    matrix = csr_matrix((cost.astype(numpy.float64) + lift, (row, column)), shape=(rows, columns))
    began = time.process_time()
    of, to = min_weight_full_bipartite_matching(matrix)
    spent = time.process_time() - began
    total = int(matrix[of, to].sum() - lift * len(of))

print(f"objective {-total}")
print(f"cpu {spent:.4f}")
