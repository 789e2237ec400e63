discard """
  output: '''
cmdShortOption a 
cmdShortOption b 
cmdShortOption c 
cmdLongOption name val
cmdLongOption x 1
cmdArgument file 
cmdShortOption o 3
cmdLongOption  
cmdArgument z 
cmdShortOption j 4
cmdLongOption first 
cmdLongOption second 2
cmdShortOption v 
cmdArgument foo 
cmdShortOptionq@["rest", "more"]
'''
"""
import parseopt
for k, a, b in getopt(@["-a", "-bc", "--name:val", "--x=1", "file", "-o:3", "--", "z"]): echo k, " ", a, " ", b
var p = initOptParser("-j4 --first --second:2 -v foo", shortNoVal = {'v'}, longNoVal = @["first"])
for k, a, b in p.getopt: echo k, " ", a, " ", b
var q = initOptParser(@["x", "-q", "rest", "more"])
q.next
q.next
echo q.kind, q.key, q.remainingArgs
