npx wscat@6.1.0 -c ws://localhost:8091
