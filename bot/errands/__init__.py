"""What `python -m bot` does when asked, one module each.

An errand is a module with NAME, `options(parser)` for what may be said with it, and `run(chosen)`, which gives the exit
code: 0 done, 1 something needs attention. Its docstring's first line is what `--help` says of it.
"""
