"""Programs of others that speak to Zalo, or as Zalo: they prove our side of the wire, and our fakes'."""

from tests import ROOT

PEERS = ROOT / ".peers"  # where `.ci/run` puts them
NODE = PEERS / "node_modules/.bin/node"
CRABLINE = PEERS / "node_modules/@openclaw/crabline/dist/src/bin/crabline.js"
PYTHON = PEERS / "python/bin/python"
