"""What stands around the pages: the step list, the help, the bars."""
