package io.xiaoer.bench.scenario;

import io.xiaoer.bench.peer.BlueprintPeer;
import io.xiaoer.bench.peer.SocketIoPeer;
import java.util.List;
import java.util.Optional;

/// All of them, in the order in which they are told.
public final class Scenarios {
    public static final List<Scenario> ALL = List.of(
            new Question(
                    "question",
                    "questions of shoppers over /im, answered by the bot and shown on their devices",
                    new Talk.Words.OfTheDemoShop(),
                    new Question.Usual(500, 60, 3, 80)),
            new Question(
                    "smoke",
                    "a few questions: whether the ledger is in order and the files are written",
                    new Talk.Words.OfADrill(),
                    new Question.Usual(15, 4, 1, 1)),
            new Relay(),
            new Idle(),
            new Storm(),
            new Cache(),
            new SlowReader(),
            new Seed(),
            new Rapid(),
            new GatewayTax(),
            new GatewayCalls(),
            new AgainstAPeer(
                    "peer-socketio",
                    "the work of relay by two nodes of Socket.IO with its Redis streams adapter, and by the suite",
                    "socket.io",
                    stand -> SocketIoPeer.start(
                            stand.wishes().home(), stand.wishes().to())),
            new AgainstAPeer(
                    "peer-blueprint",
                    "the work of relay by two nodes as textbooks draw them, on Tomcat and Redis, and by the suite",
                    "blueprint",
                    stand -> BlueprintPeer.start(
                            stand.wishes().home(),
                            stand.wishes().to(),
                            stand.suite().process("session-service"))),
            new Peak(),
            new Growth(),
            new AppendScript(),
            new Json(),
            new Start(),
            new Prices());

    private Scenarios() {}

    public static Optional<Scenario> named(String name) {
        return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }
}
