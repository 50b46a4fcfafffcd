websocat -v --insecure wss://localhost:9443/demo/sandbox/websocket-upgrade
