discard """
  output: '''
a b after a
'''
"""
# Modules of one name in different folders, and procs of one name in both.
import a/tool
import b/tool as btool
echo tool.run(), " ", btool.run()
