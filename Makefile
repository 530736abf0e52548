# The only commands of the house. Each recipe calls one small script in tools/.
.DEFAULT_GOAL := help
.PHONY: setup run demo test check bench contracts lock audit help

setup:     ## prepare this checkout: Python environment, pinned libraries, built clients
	@sh tools/setup.sh

run: setup ## start Trunnion (the address and the first sign-in are printed)
	@exec .venv/bin/trunnion serve

demo: setup ## start Trunnion with demo data
	@.venv/bin/trunnion demo load
	@exec .venv/bin/trunnion serve

test: setup ## every test: SQLite, PostgreSQL, the browser, then the checks
	@exec .venv/bin/python -m tools.suite

check: setup ## format, lint, types, import contracts, house lints, contract drift, missing migrations
	@exec .venv/bin/python -m tools.check

bench: setup ## performance: each figure beside its reference
	@exec .venv/bin/python -m tools.bench

contracts: setup ## write contracts/ anew from the server
	@exec .venv/bin/trunnion contracts

lock: setup ## choose library versions anew and write both lock files
	@exec .venv/bin/python -m tools.lock

audit: setup ## what it consists of, as CycloneDX in dist/sbom, and whether any of it is known to be at fault
	@exec .venv/bin/python -m tools.audit

help:      ## show these commands
	@sed -n 's/^\([a-z]*\): *[a-z]* *## */  make \1\t/p' Makefile | expand -t 20
