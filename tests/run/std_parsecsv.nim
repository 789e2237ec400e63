discard """
  output: '''
@["name", "age", "city, st"]
@["Bob", "42", "New \"York\""]Bob2
name:Bob;age:42;city, st:New "York";
@["Ann", "3", "x"]Ann3
name:Ann;age:3;city, st:x;
@["a", "b;c", "d"]
@["1", "2", "3"]
y(1, 4) Error: " expected
'''
"""
# Tables with commas, quotes and headers.
import std/[parsecsv, streams]
var s = newStringStream("name,age,\"city, st\"\nBob,42,\"New \"\"York\"\"\"\n\nAnn,3,x\n")
var p: CsvParser
p.open(s, "t.csv")
p.readHeaderRow
echo p.headers
while p.readRow:
  echo p.row, p.rowEntry("name"), p.processedRows
  for c in p.headers.items: stdout.write c, ":", p.rowEntry(c), ";"
  echo ""
p.close
var q: CsvParser
q.open(newStringStream("a; 'b;c';d\n1;2;3"), "x", separator = ';', quote = '\'', skipInitialSpace = true)
while q.readRow(): echo q.row
try:
  var r: CsvParser
  r.open(newStringStream("a,\"b"), "y")
  while r.readRow(): echo r.row
except CsvError as e: echo e.msg
