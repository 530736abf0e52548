"""What a sweep over pages looks for on each: accessibility faults that axe calls serious or worse."""

from functools import cache

from stories.clicks import ROOT, Person

# Colours of a control that is switched off need not stand out, and antd draws its hidden inputs so.
ASK = """async () => {
  const found = await axe.run(document, {resultTypes: ['violations'], rules: {region: {enabled: false}}})
  return found.violations.filter((one) => ['serious', 'critical'].includes(one.impact)).map(
    (one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`)
}"""


@cache
def _axe() -> str:
    return (ROOT / "clients/node_modules/axe-core/axe.min.js").read_text("utf-8")


def accessible(person: Person) -> None:
    """Notes what somebody could not see, hear or reach on this page."""
    if not person.page.evaluate("() => 'axe' in window"):
        person.page.evaluate(f"() => {{ {_axe()}; window.axe = axe }}")
    person.faults.extend(f"{person.page.url}: {fault}" for fault in person.page.evaluate(ASK))
