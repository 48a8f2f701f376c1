#!/usr/bin/env python3
"""ggml_quantize_chunk of a libggml-base, without an importance matrix: rows of f32 on stdin, blocks on stdout.

usage: ggml-quantize.py LIBGGML_BASE.so TYPE_ID ROW_LENGTH
"""
import ctypes
import sys

library, type_id, row_length = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
values = sys.stdin.buffer.read()
n_rows = len(values) // (4 * row_length)
ggml = ctypes.CDLL(library)
ggml.ggml_quantize_chunk.restype = ctypes.c_size_t
ggml.ggml_quantize_chunk.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_char_p] + [ctypes.c_int64] * 3 + [ctypes.c_void_p]
blocks = ctypes.create_string_buffer(len(values))
n_bytes = ggml.ggml_quantize_chunk(type_id, values, blocks, 0, n_rows, row_length, None)
sys.stdout.buffer.write(blocks.raw[:n_bytes])
