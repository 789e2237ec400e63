discard """
  output: '''
<h1>title<a href="x">link</a></h1>
<p class="c">text</p><br />
<ul class="l"><li>a</li><li>b</li></ul><img src="x.png" alt="y" /><hr />
<div id="d"><span>x</span><var>v</var>3</div>
<input type="text" name="n" /><form action="a" method="post">q</form>
<div class="z">q</div>
'''
"""
# Elements of HTML as macros.
import htmlgen
echo h1("title", a(href="x", "link"))
echo p(class="c", "text"), br()
let items = ["a", "b"]
var s = ""
for i in items: s.add li(i)
echo ul(class="l", s), img(src="x.png", alt="y"), hr()
echo `div`(id="d", span("x"), `var`("v"), $3)
echo input(`type`="text", name="n"), form(action="a", `method`="post", "q")
echo `div`(class="z", "q")
