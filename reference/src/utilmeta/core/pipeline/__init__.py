"""Compiles endpoints into plans when an application is built, and dispatches each request to its plan.

plan.py             route table: each endpoint compiled to a Plan
call.py             calls of endpoints that have no hooks, and wrappers of any call: template, result check, CORS
chain_compiler.py   calls of endpoints that have hooks, plugins or a transaction: a chain of middleware
hook_middleware.py  the middleware that such chains are made of
error_handlers.py   @api.handle hooks: which one answers an exception
request_state.py    what a chain keeps for one request, instances of API classes above all
timeout.py          calls that must answer within a number of seconds
unanswered.py       what answers below a class where no endpoint does: its handlers and template
dispatch.py         from a request to its plan, and to the reply
responder.py        replies: status, headers and body of a result or an exception
host.py             allowed hosts
lifecycle.py        startup and shutdown hooks
defaults.py         limits that a service has unless it sets others
"""
