"""The formula language: from one line of text to values, to typeset steps, to compiled code.

text ─parse→ syntax ─build→ terms with shapes ─┬─ typeset, chain → LaTeX with holes
└─ evaluate → value (plain)    └─ compile → Python source
"""
