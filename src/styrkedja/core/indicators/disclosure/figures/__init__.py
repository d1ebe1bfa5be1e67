"""What of an indicator's figures may be shown to readers who have no right of access to them: units in a tree, each divided or not divided."""
