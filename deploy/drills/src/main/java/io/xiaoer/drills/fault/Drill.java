package io.xiaoer.drills.fault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A fault with a name, and how soon after it all has to be well.
///
/// @param within the longest recovery after the return of what was broken, see [io.xiaoer.drills.ledger.Recovery]
/// @param load what goes on meanwhile
public record Drill(String name, String what, Fault fault, Duration within, Load load) {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration ALL_AT_ONCE = Duration.ofSeconds(30);
    private static final Duration HALT = Duration.ofSeconds(20);

    private static final List<String> SERVICES =
            List.of("session-service", "bot-service", "gateway-service", "order-sync-service", "compensation-service");

    /// All of them, in the order in which they are run.
    public static final List<Drill> ALL = List.of(
            kill("session-service", "kill -9 of one of two session-services"),
            kill("bot-service", "kill -9 of bot-service amid its questions"),
            kill("gateway-service", "kill -9 of the one door: every device comes back at once"),
            kill("order-sync-service", "kill -9 of order-sync-service"),
            kill("compensation-service", "kill -9 of compensation-service"),
            kill("kafka", "kill -9 of Kafka"),
            kill("redis", "kill -9 of Redis, which comes back empty"),
            kill("mariadb", "kill -9 of MariaDB"),
            new Drill("flush-redis", "Redis emptied", new RedisEmptied(), SOON),
            new Drill("stop-kafka", "Kafka away for 30 s", new Away("kafka", Duration.ofSeconds(30)), SOON),
            halt("session-service"),
            halt("bot-service"),
            halt("gateway-service"),
            halt("order-sync-service"),
            halt("compensation-service"),
            halt("kafka"),
            halt("redis"),
            halt("mariadb"),
            new Drill(
                    "promote-older-replica",
                    "Redis dies and a replica that lags 5 s takes its place",
                    new OlderReplica(Duration.ofSeconds(5)),
                    SOON),
            new Drill("restart-services", "kill -9 of every service at once", new Killed(SERVICES, true), ALL_AT_ONCE),
            new Drill(
                    "cut-pubsub",
                    "Redis' pub/sub connections die without a word (on a suite of its own)",
                    new SubscriptionsCut(),
                    SOON),
            new Drill(
                    "double-commands",
                    "1,000 double-clicked commands; kill -9 of order-sync-service, MariaDB, Kafka, one after the other",
                    // Kafka last: while it is away commands are taken all the same.
                    InTurn.killing(List.of("order-sync-service", "mariadb", "kafka")),
                    ALL_AT_ONCE,
                    Load.COMMANDS),
            new Drill(
                    "compensate-unprocessable",
                    "what cannot be processed; kill -9 of compensation-service and Kafka, one after the other",
                    InTurn.killing(List.of("compensation-service", "kafka")),
                    SOON,
                    Load.FAILING),
            new Drill(
                    "foreign-tokens",
                    "another shop's tokens; kill -9 of gateway, session-service, order-sync-service, Redis in turn",
                    InTurn.killing(List.of("gateway-service", "session-service", "order-sync-service", "redis")),
                    SOON,
                    Load.FOREIGN),
            new Drill(
                    "halt-order-sync-under-cards",
                    "SIGSTOP of order-sync-service for 20 s amid questions about orders and others",
                    new Halted("order-sync-service", HALT),
                    SOON,
                    Load.CARDS),
            new Drill(
                    "kill-while-held",
                    "persons hold sessions; kill -9 of bot-service, session-service, Redis, one after the other",
                    InTurn.killing(List.of("bot-service", "session-service", "redis")),
                    SOON,
                    Load.HELD));

    /// What goes on while the fault strikes.
    public enum Load {
        /// Shoppers talk.
        TALK,
        /// Their shop sends commands, each several times.
        COMMANDS,
        /// Their shop sends what cannot be processed.
        FAILING,
        /// Somebody of another shop asks for what is theirs.
        FOREIGN,
        /// Shoppers ask about their orders, and others what the FAQ knows.
        CARDS,
        /// Shoppers talk with a person.
        HELD
    }

    private Drill(String name, String what, Fault fault, Duration within) {
        this(name, what, fault, within, Load.TALK);
    }

    private static Drill kill(String service, String what) {
        return new Drill("kill-" + service, what, new Killed(List.of(service), false), SOON);
    }

    private static Drill halt(String service) {
        var what = "SIGSTOP of %s for 20 s".formatted(service);
        return new Drill("halt-" + service, what, new Halted(service, HALT), SOON);
    }

    /// Whether the services must reach Redis through a [io.xiaoer.drills.suite.RedisRelay].
    public boolean relayed() {
        return fault instanceof SubscriptionsCut;
    }

    /// What strikes, one after the other.
    public List<Fault> faults() {
        return fault instanceof InTurn turn ? turn.faults() : List.of(fault);
    }

    public static Optional<Drill> named(String name) {
        return ALL.stream().filter(drill -> drill.name().equals(name)).findFirst();
    }
}
