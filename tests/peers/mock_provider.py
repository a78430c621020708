"""PyPI's oidc-provider-mock on this computer, over https: prints its port, and ends with its standard input.

python mock_provider.py CERTIFICATE
"""

from __future__ import annotations

import ssl
import sys
import threading
import warnings

warnings.simplefilter("ignore")

from oidc_provider_mock import app  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402

context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1])
server = make_server("localhost", 0, app(), threaded=True, ssl_context=context)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdout.write(f"{server.server_port}\n")
sys.stdout.flush()
sys.stdin.read()
