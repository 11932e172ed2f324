"""Figures: plain data in, SVG or PDF out. `table` names them, `style` is their one look, `draw` writes the files.

Each figure is a function in a file of its own, which draws into a Matplotlib figure. Matplotlib is imported when a
file is written, and by nothing else. Whoever adds one adds a line to `table.FIGURES`.
"""
