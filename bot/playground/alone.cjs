// Read by node before the Playground, which by itself listens on every address of the machine, and with telemetry off
// still looks for Application Insights: it is heard and speaks on this machine only, and ends with whoever started it,
// however that one ended.
const { Server, Socket } = require("node:net");

const HERE = ["127.0.0.1", "::1", "localhost"];

const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
  const anywhere = typeof port === "number" && typeof rest[0] !== "string";
  return anywhere ? listen.call(this, port, "127.0.0.1", ...rest) : listen.call(this, port, ...rest);
};

const connect = Socket.prototype.connect;
Socket.prototype.connect = function (...said) {
  const [first, second] = Array.isArray(said[0]) ? said[0] : said;
  const host = typeof first === "object" ? first.host : second;
  if (typeof host !== "string" || HERE.includes(host)) return connect.apply(this, said);
  return this.destroy(new Error(`${host} is not this machine`));
};

process.stdin.resume().on("end", () => process.exit(0));
