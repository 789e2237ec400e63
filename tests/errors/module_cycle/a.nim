import b
type Late* = object
