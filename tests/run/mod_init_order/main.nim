discard """
  output: '''
shared
first
second
main starts
main goes on 111
'''
"""
# Modules run once, in the order of import, depth first, and all before the importing module's own code.
echo "main starts"
import first
import second, shared
echo "main goes on ", total
