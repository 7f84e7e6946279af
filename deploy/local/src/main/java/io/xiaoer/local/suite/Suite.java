package io.xiaoer.local.suite;

import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.data.RememberedPorts;
import io.xiaoer.local.data.Secrets;
import io.xiaoer.local.server.KafkaServer;
import io.xiaoer.local.server.MariaDbServer;
import io.xiaoer.local.server.RedisServer;
import io.xiaoer.local.server.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// The suite on one machine: three data servers and, on top of them, the services with the identity server and the
/// demo shop.
///
/// Only the gateway has a port of its user's choice. Everything listens on the loopback address.
public final class Suite {
    static final String GATEWAY = "gateway-service";
    static final String SESSION = "session-service";
    static final String BOT = "bot-service";
    static final String ORDER_SYNC = "order-sync-service";
    static final String COMPENSATION = "compensation-service";
    static final String IDENTITY = "identity";
    static final String DEMO_SHOP = "demo-shop";

    private static final String IDENTITY_MODULE = "deploy/identity";
    private static final String DEMO_SHOP_MODULE = "deploy/demo-shop";
    private static final List<String> MODULES =
            List.of(IDENTITY_MODULE, SESSION, ORDER_SYNC, BOT, COMPENSATION, GATEWAY, DEMO_SHOP_MODULE);

    public static final String DATABASE_USER = "xiaoer";
    private static final String IP_EXEMPT = "XIAOER_LIMITS_IP_EXEMPT";
    private static final String WEBHOOK_NETWORKS = "XIAOER_WEBHOOK_ALLOWED_NETWORKS";
    private static final String CONSOLE_REDIRECTS = "IDENTITY_CONSOLE_REDIRECTS";
    private static final String LOOPBACK = "127.0.0.0/8,::1/128";
    private static final List<String> SCHEMAS =
            List.of("xiaoer_session", "xiaoer_bot", "xiaoer_ordersync", "xiaoer_compensation");
    private static final int DATABASE_CONNECTIONS = 60;
    private static final int KAFKA_HEAP_MB = 256;
    /// Room for 9,200 WebSockets, which need two open files each.
    private static final int GATEWAY_HEAP_MB = 448;
    /// Room for as many of them where there is one node.
    private static final int SESSION_HEAP_MB = 384;

    private final RememberedPorts ports;
    private final Secrets secrets;
    private final RedisServer redis;
    private final KafkaServer kafka;
    private final MariaDbServer mariaDb;
    private final List<Instance> sessions;
    private final Map<String, RunFolder> unpacked;
    private final String backupTarget;

    /// One of several equal processes of a service.
    private record Instance(String name, int port) {
        String url() {
            return "http://127.0.0.1:" + port;
        }
    }

    /// @param home the directory that holds the modules with their built jars
    /// @param sessionInstances how many processes of session-service there are
    public Suite(Path home, DataDirectory data, RememberedPorts ports, Secrets secrets, int sessionInstances)
            throws IOException, InterruptedException {
        this.unpacked = hold(home);
        this.ports = ports;
        this.secrets = secrets;
        var account = new MariaDbServer.Account(DATABASE_USER, secrets.databasePassword(), SCHEMAS);
        this.redis = new RedisServer(data.of("redis"), ports.of("redis"), secrets.redisPassword());
        this.kafka = new KafkaServer(data.of("kafka"), ports.of("kafka"), ports.of("kafka.controller"), KAFKA_HEAP_MB);
        this.mariaDb = new MariaDbServer(data.of("mariadb"), ports.of("mariadb"), account, DATABASE_CONNECTIONS);
        this.sessions = sessions(sessionInstances);
        // A store of the user's own is named in the environment, its secrets too.
        this.backupTarget = Optional.ofNullable(System.getenv("BACKUP_TARGET"))
                .orElse(data.backups().toUri().toString());
    }

    private List<Instance> sessions(int count) {
        if (count == 1) {
            return List.of(new Instance(SESSION, ports.of(SESSION)));
        }
        var instances = new ArrayList<Instance>();
        for (var number = 1; number <= count; number++) {
            var name = SESSION + "-" + number;
            instances.add(new Instance(name, ports.of(name)));
        }
        return List.copyOf(instances);
    }

    public List<Server> dataServers() {
        return List.of(redis, kafka, mariaDb);
    }

    public List<Server> services() {
        var services = new ArrayList<Server>();
        services.add(identity());
        sessions.forEach(instance -> services.add(session(instance)));
        services.add(orderSync());
        services.add(bot());
        services.add(compensation());
        services.add(gateway());
        services.add(demoShop());
        return List.copyOf(services);
    }

    private Server identity() {
        var own = new TreeMap<String, String>();
        own.put("IDENTITY_ISSUER", issuer());
        own.put("IDENTITY_SIGNING_KEY", secrets.identitySigningKey().value());
        own.put("IDENTITY_CLIENTS", secrets.clients().value());
        own.put(CONSOLE_REDIRECTS, consoleRedirects(System.getenv(), ports.of(GATEWAY)));
        return service(IDENTITY, IDENTITY_MODULE, ports.of(IDENTITY), 96, own);
    }

    /// Where agents come back to: below the gateway and on this machine, unless told else.
    static String consoleRedirects(Map<String, String> told, int gateway) {
        var agents = "http://localhost:" + gateway + "/agent/";
        return told.getOrDefault(CONSOLE_REDIRECTS, agents + "," + agents + "callback,http://127.0.0.1/callback");
    }

    private Server session(Instance instance) {
        var own = inside(instance.name());
        own.putAll(redis());
        own.putAll(database("xiaoer_session"));
        own.put("SUITE_SIGNING_KEY", secrets.suiteSigningKey().value());
        own.put("SERVICE_SECRETS", secrets.services().value());
        own.put("BACKUP_TARGET", backupTarget);
        return service(instance.name(), SESSION, instance.port(), SESSION_HEAP_MB, own);
    }

    private Server bot() {
        var own = inside(BOT);
        own.putAll(redis());
        own.putAll(database("xiaoer_bot"));
        own.put("SERVICE_SECRET", secrets.service(BOT).value());
        return service(BOT, BOT, ports.of(BOT), 256, own);
    }

    private Server orderSync() {
        var own = inside(ORDER_SYNC);
        own.putAll(redis());
        own.putAll(database("xiaoer_ordersync"));
        own.put("SERVICE_SECRET", secrets.service(ORDER_SYNC).value());
        own.put("FIELD_KEYSET", secrets.fieldKeyset().value());
        own.put("FIELD_HASH_KEY", secrets.fieldHashKey().value());
        return service(ORDER_SYNC, ORDER_SYNC, ports.of(ORDER_SYNC), 256, own);
    }

    /// On a laptop the endpoints of webhooks that are tried out are on it too, unless told else.
    private Server compensation() {
        var own = inside(COMPENSATION);
        own.putAll(database("xiaoer_compensation"));
        own.put("SERVICE_SECRET", secrets.service(COMPENSATION).value());
        own.put("FIELD_KEYSET", secrets.webhookKeyset().value());
        own.put(WEBHOOK_NETWORKS, System.getenv().getOrDefault(WEBHOOK_NETWORKS, LOOPBACK));
        return service(COMPENSATION, COMPENSATION, ports.of(COMPENSATION), 192, own);
    }

    /// Whoever calls from this machine is its owner, so the limit per address leaves loopback alone, unless told else.
    private Server gateway() {
        var own = inside(GATEWAY);
        own.putAll(redis());
        own.put(IP_EXEMPT, System.getenv().getOrDefault(IP_EXEMPT, LOOPBACK));
        return service(GATEWAY, GATEWAY, ports.of(GATEWAY), GATEWAY_HEAP_MB, own);
    }

    private Server demoShop() {
        var merchant = secrets.merchants().getFirst();
        var own = new TreeMap<String, String>();
        own.put("SHOP_ID", Secrets.DEMO_SHOPS.getFirst());
        own.put("SHOP_CLIENT_ID", merchant.id());
        own.put("SHOP_CLIENT_SECRET", merchant.secret().value());
        own.put("XIAOER_URL", "http://localhost:" + ports.of(GATEWAY));
        own.put("IDENTITY_URL", issuer());
        var port = ports.of(DEMO_SHOP);
        own.put("DEMO_SHOP_URL", "http://localhost:" + port);
        return service(DEMO_SHOP, DEMO_SHOP_MODULE, port, 96, own);
    }

    /// What every service inside the suite is told.
    private Map<String, String> inside(String node) {
        var common = new TreeMap<String, String>();
        common.put("XIAOER_NODE", node);
        common.put("KAFKA_BOOTSTRAP", kafka.bootstrap());
        common.put("ISSUER_URI", issuer());
        common.put("SUITE_JWKS_URI", sessions.getFirst().url() + "/oauth2/jwks");
        common.put("SESSION_URI", sessions.getFirst().url());
        common.put("SESSION_URL", sessions.getFirst().url());
        common.put("BOT_URI", local(BOT));
        common.put("ORDER_SYNC_URI", local(ORDER_SYNC));
        common.put("COMPENSATION_URI", local(COMPENSATION));
        if (sessions.size() > 1) {
            common.put("SPRING_APPLICATION_JSON", instances().toString());
        }
        return common;
    }

    private JSONObject instances() {
        var json = new JSONObject();
        var prefix = "spring.cloud.discovery.client.simple.instances.";
        var uris = new JSONArray();
        sessions.forEach(session -> uris.add(JSONObject.of("uri", session.url())));
        json.put(prefix + SESSION, uris);
        return json;
    }

    private Map<String, String> redis() {
        return Map.of("REDIS_URL", redis.url());
    }

    private Map<String, String> database(String schema) {
        return Map.of(
                "DB_URL", mariaDb.url(schema),
                "DB_USER", DATABASE_USER,
                "DB_PASSWORD", secrets.databasePassword().value());
    }

    private Server service(String name, String module, int port, int heapMegabytes, Map<String, String> own) {
        var jar = Objects.requireNonNull(unpacked.get(module)).jar();
        var managementPort = ports.of(name + ".management");
        var environment = new TreeMap<>(own);
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("MANAGEMENT_PORT", Integer.toString(managementPort));
        environment.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
        environment.put("LOGGING_STRUCTURED_FORMAT_CONSOLE", "ecs");
        environment.put("SPRING_MAIN_BANNER_MODE", "off");
        return new JavaService(name, jar, port, managementPort, heapMegabytes, environment);
    }

    /// The jars as the script unpacked them, their libraries beside them: they start in three quarters of the time.
    /// What this suite runs from stays as it is for as long as this process lives, whatever is built meanwhile.
    private static Map<String, RunFolder> hold(Path home) throws IOException {
        var held = new TreeMap<String, RunFolder>();
        for (var module : MODULES) {
            held.put(module, RunFolder.hold(home.resolve(module)));
        }
        for (var entry : held.entrySet()) {
            entry.getValue().sweep(home.resolve(entry.getKey()));
        }
        return held;
    }

    private String issuer() {
        return "http://localhost:" + ports.of(IDENTITY);
    }

    private String local(String service) {
        return "http://127.0.0.1:" + ports.of(service);
    }
}
