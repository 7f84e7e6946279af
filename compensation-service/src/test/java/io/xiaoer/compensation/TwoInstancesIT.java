package io.xiaoer.compensation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.CommerceCommand;
import io.xiaoer.common.event.DeadLetters;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.compensation.replay.Replay;
import io.xiaoer.compensation.task.Task;
import io.xiaoer.compensation.task.Tasks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// Every action of the contract while two instances run over one database and one Kafka: nothing is done twice, and who
/// comes second at one moment is told.
@CompensationService
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoInstancesIT {
    private static final AtomicLong NUMBERS = new AtomicLong(System.nanoTime());
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LIST = "/api/v1/compensations";

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext one;

    @Autowired
    private JdbcClient jdbc;

    private ConfigurableApplicationContext other;

    private final List<FakeOwner> owners = new ArrayList<>();
    private String shop = "";
    private FakeOwner owner;

    @BeforeAll
    void startAnother() {
        other = new SpringApplicationBuilder(CompensationApplication.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--xiaoer.node=second",
                        "--xiaoer.compensation.retry.first=1h",
                        "--xiaoer.compensation.retry.longest=2h",
                        "--xiaoer.compensation.retry.settle=2s",
                        "--xiaoer.compensation.retry.every=200ms");
    }

    @AfterAll
    void stopIt() {
        other.close();
    }

    @BeforeEach
    void begin() {
        shop = "t-" + UUID.randomUUID().toString().substring(0, 8);
        owner = new FakeOwner();
        owners.add(owner);
    }

    @AfterEach
    void end() {
        owners.forEach(FakeOwner::close);
        owners.clear();
    }

    @Test
    void bothShowTheSameWhateverIsAskedFor() {
        var since = Instant.now().minusSeconds(60);
        var command = failed();
        var task = task(command);
        failed();

        for (var filter : List.of(
                "q=" + command.id(),
                "q=" + task,
                "status=waiting&q=" + command.id(),
                "topic=commerce.command&q=" + command.id(),
                "shop_id=" + shop + "&q=" + command.id(),
                "since=" + since + "&q=" + command.id())) {
            for (var instance : both()) {
                assertThat(ids(instance, filter)).as(filter).containsExactly(task);
            }
        }
        for (var filter : List.of(
                "status=succeeded",
                "topic=bot.query",
                "shop_id=1001",
                "since=" + Instant.now().plusSeconds(3600),
                "q=none")) {
            for (var instance : both()) {
                assertThat(ids(instance, filter)).as(filter).isEmpty();
            }
        }
        assertThat(first().get(LIST + "/" + task).attributes())
                .isEqualTo(second().get(LIST + "/" + task).attributes());
    }

    @Test
    void aReplayAtBothAtOnceIsDoneOnceAndTheOtherIsTold() throws Exception {
        for (int round = 0; round < 5; round++) {
            var command = failed();
            var path = LIST + "/" + task(command) + "/replay";

            var statuses = together(
                    () -> first().post(path, Map.of()).status(),
                    () -> second().post(path, Map.of()).status());

            assertThat(statuses).containsExactlyInAnyOrder(202, 409);
            sentOnce(command, DeadLetters.REPLAY_OF);
            assertThat(deeds(task(command))).containsExactly("replayed", "created");
        }
    }

    @Test
    void aDiscardAtBothAtOnceIsDoneOnceAndTheOtherIsTold() throws Exception {
        var command = failed();
        var path = LIST + "/" + task(command) + "/discard";

        var statuses = together(
                () -> first().post(path, Map.of("reason", "one")).status(),
                () -> second().post(path, Map.of("reason", "other")).status());

        assertThat(statuses).containsExactlyInAnyOrder(200, 409);
        sentOnce(command, DeadLetters.DISCARD_OF);
        assertThat(deeds(task(command))).containsExactly("discarded", "created");
    }

    @Test
    void ofAReplayAndADiscardOfTheSameSightOneWins() {
        var command = failed();
        var seen = seen(task(command));

        boolean replayed = one.getBean(Replay.class)
                .replay(seen, "one", null)
                .map(Replay.Done::won)
                .orElseThrow();
        boolean discarded = other.getBean(Replay.class)
                .discard(seen, "other", "too late")
                .map(Replay.Done::won)
                .orElseThrow();

        assertThat(replayed).isTrue();
        assertThat(discarded).isFalse();
        assertThat(deeds(seen.id())).containsExactly("replayed", "created");
    }

    @Test
    void anEditedReplayAtBothKeepsTheOriginalAndOneEdition() throws Exception {
        var command = failed();
        var task = task(command);
        var path = LIST + "/" + task + "/replay";

        var dry = second().post(path, Map.of("payload", edited(command, "dry"), "dry_run", true));
        var statuses = together(
                () -> first().post(path, Map.of("payload", edited(command, "one")))
                        .status(),
                () -> second().post(path, Map.of("payload", edited(command, "other")))
                        .status());

        assertThat(dry.status()).isEqualTo(200);
        assertThat(statuses).containsExactlyInAnyOrder(202, 409);
        var won = statuses.getFirst() == 202 ? "one" : "other";
        var sent = sentOnce(command, DeadLetters.REPLAY_OF);
        assertThat(new String(sent, StandardCharsets.UTF_8)).contains('"' + won + '"');
        for (var instance : both()) {
            var shown = instance.get(LIST + "/" + task).attributes();
            assertThat(shown.at("/payload/arguments/template_id").asString()).isEqualTo("none");
            assertThat(shown.at("/edited_payload/arguments/template_id").asString())
                    .isEqualTo(won);
        }
        assertThat(seen(task).payload()).isEqualTo(EventJson.encode(command));
    }

    @Test
    void aFinishedTaskIsFinishedAtBoth() {
        var command = failed();
        var task = task(command);
        assertThat(first().post(LIST + "/" + task + "/replay", Map.of()).status())
                .isEqualTo(202);
        owner.tell("command.applied", command, task);
        await().atMost(PATIENCE).until(() -> status(second(), task).equals("succeeded"));

        for (var instance : both()) {
            assertThat(instance.post(LIST + "/" + task + "/replay", Map.of()).status())
                    .isEqualTo(409);
            assertThat(instance.post(LIST + "/" + task + "/discard", Map.of("reason", "late"))
                            .status())
                    .isEqualTo(409);
        }
        assertThat(deeds(task)).containsExactly("succeeded", "replayed", "created");
    }

    @Test
    void bulkReplaysAtBothSendEachTaskOnceAndReportWhatEachDid() throws Exception {
        var commands = IntStream.range(0, 12).mapToObj(number -> failed()).toList();
        commands.forEach(this::task);

        var reports = together(() -> bulk(first()), () -> bulk(second()));

        int replayed = reports.stream()
                .mapToInt(report -> report.path("replayed").asInt())
                .sum();
        assertThat(replayed).isEqualTo(12);
        for (var report : reports) {
            assertThat(report.path("replayed").asInt() + report.path("skipped").asInt())
                    .isEqualTo(report.path("matched").asInt());
        }
        for (var command : commands) {
            sentOnce(command, DeadLetters.REPLAY_OF);
            assertThat(deeds(task(command))).containsExactly("replayed", "created");
        }
    }

    @Test
    void whatIsDueIsSentOnceByOneOfThem() {
        var commands = IntStream.range(0, 12).mapToObj(number -> failed()).toList();
        commands.forEach(this::task);

        jdbc.sql("UPDATE task SET next_at = '2020-01-01' WHERE shop_id = ? AND status = 'WAITING'")
                .param(shop)
                .update();

        for (var command : commands) {
            await().atMost(PATIENCE).until(() -> status(first(), task(command)).equals("retrying"));
            sentOnce(command, DeadLetters.REPLAY_OF);
            assertThat(deeds(task(command))).containsExactly("retried", "created");
        }
    }

    @Test
    void aTaskThatFailedOftenEnoughIsExhaustedAndLeftToPeopleByBoth() {
        var command = failed();
        var task = task(command);
        jdbc.sql("UPDATE task SET attempts = 7 WHERE id = ?").param(task).update();
        first().post(LIST + "/" + task + "/replay", Map.of());
        sentOnce(command, DeadLetters.REPLAY_OF);

        owner.fail(command, NUMBERS.incrementAndGet(), Map.of(DeadLetters.REPLAY_OF, task));

        await().atMost(PATIENCE).until(() -> status(second(), task).equals("exhausted"));
        assertThat(first().get(LIST + "/" + task).attributes().has("next_at")).isFalse();
        assertThat(deeds(task)).containsExactly("failed_again", "replayed", "created");
        assertThat(second().post(LIST + "/" + task + "/replay", Map.of()).status())
                .as("a person may")
                .isEqualTo(202);
    }

    @Test
    void whatADeadInstanceHeldIsSettledOnceByAnother() throws Exception {
        var question = "{\"user\":\"%s:u.james\",\"id\":\"%s\"}".formatted(shop, NUMBERS.incrementAndGet());
        owner.fail(
                Topic.BOT_QUERY,
                shop + ":u.james",
                question.getBytes(StandardCharsets.UTF_8),
                NUMBERS.incrementAndGet(),
                Map.of());
        var task = await().atMost(PATIENCE)
                .until(() -> ids(first(), "shop_id=" + shop), found -> found.size() == 1)
                .getFirst();
        // Claimed, and its claimant died before it let go: the database ends its transaction, and the claim is old.
        try (var dying = java.sql.DriverManager.getConnection(
                RealServers.dbUrl("xiaoer_compensation"), RealServers.dbUser(), RealServers.dbPassword())) {
            dying.setAutoCommit(false);
            try (var lock = dying.createStatement()) {
                lock.executeQuery("SELECT id FROM task WHERE id = " + task + " FOR UPDATE");
                lock.executeUpdate("UPDATE task SET status = 'RETRYING' WHERE id = " + task);
            }
        }
        assertThat(status(first(), task))
                .as("what was not committed is not claimed")
                .isEqualTo("waiting");
        jdbc.sql("UPDATE task SET status = 'RETRYING', next_at = NULL, acted_at = '2020-01-01' WHERE id = ?")
                .param(task)
                .update();

        await().atMost(PATIENCE).until(() -> status(second(), task).equals("succeeded"));
        assertThat(deeds(task)).containsExactly("succeeded", "created");
    }

    @Test
    void aPoisonousRecordHoldsNoOtherBackAndIsKeptWhole() {
        var key = new byte[] {'k', (byte) 0xff, 1, 2};
        var value = new byte[] {0, (byte) 0xfe, 3, '{'};
        var binary = new byte[] {(byte) 0xff, 0, 10, (byte) 0xc3};
        var mark = "poison-" + UUID.randomUUID();
        var good = "{\"user\":\"%s:u.james\",\"id\":\"%s\"}".formatted(shop, NUMBERS.incrementAndGet());
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", (Object) RealServers.kafkaBootstrap(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            var poison = new ProducerRecord<>(Topic.BOT_QUERY.topic() + "-dlt", 0, key, value);
            poison.headers()
                    .add("kafka_dlt-original-topic", "\ud83d\ude00".repeat(200).getBytes(StandardCharsets.UTF_8))
                    .add("kafka_dlt-original-partition", new byte[] {1})
                    .add("kafka_dlt-exception-message", "x".repeat(100_000).getBytes(StandardCharsets.UTF_8))
                    .add("kafka_dlt-exception-fqcn", binary)
                    .add("x-reason", "r".repeat(5000).getBytes(StandardCharsets.UTF_8))
                    .add("x-mark", mark.getBytes(StandardCharsets.UTF_8))
                    .add("x-binary", binary);
            producer.send(poison);
            producer.send(new ProducerRecord<>(Topic.BOT_QUERY.topic() + "-dlt", 0, null, (byte[]) null));
            producer.send(new ProducerRecord<>(
                    Topic.BOT_QUERY.topic() + "-dlt",
                    0,
                    (shop + ":u.james").getBytes(StandardCharsets.UTF_8),
                    good.getBytes(StandardCharsets.UTF_8)));
            producer.flush();
        }

        await().atMost(PATIENCE).until(() -> ids(second(), "shop_id=" + shop), found -> found.size() == 1);
        var task = jdbc.sql("SELECT id FROM task WHERE headers LIKE ?")
                .param("%" + mark + "%")
                .query(String.class)
                .single();
        var kept = seen(task);
        assertThat(kept.payload()).isEqualTo(value);
        assertThat(kept.topic()).isEqualTo("bot.query");
        assertThat(kept.attempts()).isEqualTo(1);
        var ops = new ServiceClient(port, TestIssuers.ops());
        var shown = ops.get(LIST + "/" + task).attributes();
        assertThat(shown.at("/headers/x-binary").asString()).isEqualTo("base64:/wAKww==");
        assertThat(shown.at("/failures/0/topic").asString()).isEqualTo("bot.query-dlt");
        assertThat(shown.at("/failures/0/partition").asInt()).isZero();
        assertThat(shown.at("/failures/0").has("offset")).isTrue();
        assertThat(shown.at("/exception/type").asString()).isNotEmpty();

        assertThat(ops.post(LIST + "/" + task + "/replay", Map.of()).status()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> owner.sentAgainFrom(task).size() == 1);
        var sent = owner.sentAgainFrom(task).getFirst();
        assertThat(sent.value()).isEqualTo(value);
        assertThat(sent.headers().lastHeader("x-binary").value()).isEqualTo(binary);
    }

    // --- steps

    private CommerceCommand failed() {
        var command = FakeOwner.command(shop, Long.toString(NUMBERS.incrementAndGet()));
        owner.fail(command, NUMBERS.incrementAndGet(), Map.of());
        return command;
    }

    private String task(CommerceCommand command) {
        return await().atMost(PATIENCE)
                .until(() -> ids(first(), "q=" + command.id()), found -> found.size() == 1)
                .getFirst();
    }

    /// What was sent again of the command, once it is there; it is one record also a moment later, when the outbox is
    /// empty.
    private byte[] sentOnce(CommerceCommand command, String mark) {
        await().atMost(PATIENCE).until(() -> !owner.sentAgain(command.id()).isEmpty());
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("SELECT COUNT(*) FROM outbox WHERE sent_at IS NULL AND record_key = ?")
                                .param(command.id())
                                .query(Long.class)
                                .single()
                        == 0);
        var sent = owner.sentAgain(command.id());
        assertThat(sent).hasSize(1);
        assertThat(FakeOwner.header(sent.getFirst(), mark)).isEqualTo(task(command));
        return sent.getFirst().value();
    }

    private List<String> deeds(String task) {
        var deeds = new ArrayList<String>();
        first().get(LIST + "/" + task)
                .attributes()
                .path("history")
                .forEach(entry -> deeds.add(entry.path("action").asString()));
        return deeds;
    }

    private Task seen(String task) {
        return one.getBean(Tasks.class).find(null, task).orElseThrow();
    }

    private String status(ServiceClient instance, String task) {
        return instance.get(LIST + "/" + task).attributes().path("status").asString();
    }

    private static List<String> ids(ServiceClient instance, String filter) {
        var ids = new ArrayList<String>();
        instance.get(LIST + "?" + filter)
                .json()
                .path("data")
                .forEach(task -> ids.add(task.path("id").asString()));
        return ids;
    }

    private JsonNode bulk(ServiceClient instance) {
        var answer = instance.post(LIST + "/replay", Map.of("shop_id", shop));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.attributes();
    }

    private Map<String, Object> edited(CommerceCommand command, String template) {
        return FakeOwner.edited(command, Map.of("template_id", template));
    }

    private ServiceClient first() {
        return new ServiceClient(port, TestIssuers.merchant(shop));
    }

    private ServiceClient second() {
        int at = other.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return new ServiceClient(at, TestIssuers.merchant(shop));
    }

    private List<ServiceClient> both() {
        return List.of(first(), second());
    }

    /// Does both at one moment.
    private static <T> List<T> together(Callable<T> here, Callable<T> there) throws Exception {
        var start = new CyclicBarrier(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<T>>();
            for (var each : List.of(here, there)) {
                results.add(threads.submit(() -> {
                    start.await(30, TimeUnit.SECONDS);
                    return each.call();
                }));
            }
            return List.of(results.getFirst().get(), results.getLast().get());
        }
    }
}
