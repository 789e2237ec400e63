discard """
  output: '''
3 3
did did
5
'''
"""
# Case and underscores do not count after the first letter.
var someName = 1
some_name = 2
somename += 1
echo someName, " ", some_Name
proc doIt(): string = "did"
echo do_it(), " ", doit()
type MyType = object
  fieldOne: int
let m = Mytype(field_one: 5)
echo m.fieldone
