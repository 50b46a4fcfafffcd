mkdir websocket-server
cd websocket-server
npm install ws@8.23.0
