"""The neighbours of a mapping in a template, each as the plan's record of it."""
