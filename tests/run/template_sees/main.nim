discard """
  output: '''
3
4
'''
"""
# Indexing in a template means what it means where the template is declared.
import shelf
var x: X
x.put("a", 3)
echo x.get("a")
x.more("a")
echo x.get("a")
