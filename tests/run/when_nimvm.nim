discard """
  output: '''
rt
vmrt
'''
"""
when nimvm: echo "vm"
else: echo "rt"
proc where(): string =
  when nimvm: "vm"
  else: "rt"
const a = where()
echo a, where()
