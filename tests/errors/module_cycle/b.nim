import a
var x*: Late
