discard """
  errormsg: "type expected"
  line: 6
"""
let notype = 1
var x: notype
