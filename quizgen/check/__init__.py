"""Students' answers read from files, graded, and reported: one by one, or a whole class.

papers = read_papers("exam")
sheet = read_sheet("answers/anna.md", papers)
marks = mark(sheet, replays(sheet.paper, bank))
marks.points, marks.max_points
"""
