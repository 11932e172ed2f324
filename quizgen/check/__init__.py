"""Students' answers read from files, graded, and reported: one by one, or a whole class.

`read_sheet` reads one file against the versions of an exam, `mark` grades it, and `report`, `as_data` and `class_list`
say how it went: to a person, to a program, to a spreadsheet.
"""
