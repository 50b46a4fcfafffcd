npx wscat@6.1.0 --no-check -c wss://localhost:9443/demo/sandbox/websocket-upgrade
