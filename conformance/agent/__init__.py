"""The agent runs in the implementation's interpreter and starts its services, each in a fresh process.

Standard library only, and never imported by the harness: `python conformance/agent` is a program of its own that reads
orders and writes reports, one JSON object a line. `supervisor` speaks that protocol; `service` is what happens in the
process of one service; `servers` names an in-process server for each kind of application; `introspection` says what the
interpreter really holds; `scenario_loader` loads a scenario without what the implementation lacks: `scenario_execution`
executes its statements, `declarations` says what its code declares, `stand_ins` take the place of what is missing,
`build_search` finds the endpoints that are refused; `startup` gives an implementation that uses other names the page's.
"""
