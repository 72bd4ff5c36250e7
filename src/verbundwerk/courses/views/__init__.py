"""Pages of the courses, one file per subject."""
