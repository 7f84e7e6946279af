package io.xiaoer.local.command;

import io.xiaoer.local.command.Command.NotUnderstood;
import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.suite.Addresses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Understands a command line.
public final class Commands {
    private static final String DATA = "--data";
    private static final String USAGE = """
            Usage: ./xiaoer COMMAND

              up [--detach] [--port N]       build what is stale, start everything, load the demo shops
              down                           stop everything
              status [--json] [--memory]     what runs, where, and how it does
              logs NAME [-f] [-n LINES]      the output of a process
              ask "TEXT" [--user U] [--shop S]   ask the bot, as a shopper of the shop or as a guest
              token merchant|agent|unmask|ops [NAME]   print an access token; NAME is a shop's id or a client's
              env [FILE]                     print fresh secrets for docker-compose; with FILE add those that it lacks
              test                           run every test
              eval [--json|--misses|--cpu]   measure how well the bot understands
              drill NAME...|all|list [--seed N] [--rate N] [--port N]   break a part of a suite under load, check every message
              bench SCENARIO [--rate N] [--seconds N] [--rounds N]   tell speed and cost; `./xiaoer bench` alone lists them
              bench ingest [--orders N] [--file F] [--seed N] [--shop S]   have orders taken, tell rate and memory
              bench slow-source [--rate N] [--seconds N] [--shop S]   have cards asked for while parcels stand still
              flow test FILE [--shop S]      play the scripted talks of a file with a dialog, tell what went wrong
              backup [--to DIR]              make a backup now; --to copies it there as well
              restore FROM                   put a backup back, by its name or from a directory
              doctor [--port N]              look at this machine: JDK, memory, disk, ports, leftovers

            What begins with - and is no option comes after -- : ./xiaoer ask -- "-50 的优惠券可以叠加吗"
            Every command of a suite takes --data DIR (default: var), the directory that holds all data and secrets.
            XIAOER_SESSION_INSTANCES=2 in the environment of up starts session-service twice.
            XIAOER_START_CACHES=idle|now|never|off: when up makes, once after a build, what later starts are faster with.
            Of these, off makes and uses none.
            XIAOER_JIT=first|full: full gives the JVMs both compiler tiers, a slower start and a higher peak (default: first).
            XIAOER_GC=serial|g1|z names the services' garbage collector (default: serial).
            XIAOER_LIMITS_IP_EXEMPT=CIDR,... names the addresses whose calls are not limited (default: loopback).
            XIAOER_LIMITS_IP_CALLS=N says how many calls any other address may make in a minute (default: 300).
            XIAOER_WEBHOOK_ALLOWED_NETWORKS=CIDR,... names what webhooks may reach besides (default: loopback).""";

    private Commands() {}

    public static String usage() {
        return USAGE;
    }

    /// @throws NotUnderstood if the words name no command or not all that it needs
    public static Command from(List<String> words) {
        if (words.isEmpty()) {
            throw new NotUnderstood("What shall be done?");
        }
        var own = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "up" -> up(words(own, Set.of("--port"), Set.of("--detach")), false);
            case "already-up" -> alreadyUp(words(own, Set.of("--port"), Set.of("--detach")));
            case "supervise" -> up(words(own, Set.of("--port"), Set.of()), true);
            case "down" -> down(words(own, Set.of(), Set.of()));
            case "status" -> status(words(own, Set.of(), Set.of("--json", "--memory")));
            case "logs" -> logs(words(own, Set.of("-n"), Set.of("-f")));
            case "ask" -> ask(words(own, Set.of("--user", "--shop"), Set.of()));
            case "token" -> token(words(own, Set.of(), Set.of()));
            case "env" -> env(words(own, Set.of(), Set.of()));
            case "bench" ->
                bench(words(own, Set.of("--orders", "--file", "--seed", "--shop", "--rate", "--seconds"), Set.of()));
            case "flow" -> flow(words(own, Set.of("--shop"), Set.of()));
            case "backup" -> backup(words(own, Set.of("--to"), Set.of()));
            case "restore" -> restore(words(own, Set.of(), Set.of()));
            case "doctor" -> doctor(words(own, Set.of("--port"), Set.of()));
            case "help", "--help", "-h" -> help();
            default -> throw new NotUnderstood("Unknown command: " + words.getFirst());
        };
    }

    /// The directory of this copy of the project.
    static Path home() {
        return Path.of(System.getProperty("xiaoer.home", ".")).toAbsolutePath().normalize();
    }

    /// What a command over this data directory is told besides; nothing over the usual one.
    static String where(DataDirectory data) {
        var root = data.root().toString();
        if (data.equals(new DataDirectory(home().resolve("var")))) {
            return "";
        }
        return " " + DATA + " " + (root.matches("[\\w/.,:@%+=-]+") ? root : "'" + root.replace("'", "'\\''") + "'");
    }

    private static Words words(List<String> words, Set<String> valued, Set<String> switches) {
        var all = new HashSet<>(valued);
        all.add(DATA);
        return new Words(words, all, switches);
    }

    private static DataDirectory data(Words words) {
        return new DataDirectory(words.option(DATA).map(Path::of).orElse(home().resolve("var")));
    }

    private static Command up(Words words, boolean supervising) {
        words.rest(0, 0, "up [--detach] [--data DIR] [--port N]");
        var port = words.number("--port", 1, 65_535, Addresses.GATEWAY_PORT);
        return words.has("--detach") && !supervising ? new UpDetached(data(words), port) : new Up(data(words), port);
    }

    /// For the script, which must not build over the jars of a running suite: 0 if one runs.
    private static Command alreadyUp(Words words) {
        return new AlreadyUp(data(words));
    }

    private static Command down(Words words) {
        words.rest(0, 0, "down [--data DIR]");
        return new Down(data(words));
    }

    private static Command status(Words words) {
        words.rest(0, 0, "status [--json] [--memory]");
        return new Status(data(words), words.has("--json"), words.has("--memory"));
    }

    private static Command logs(Words words) {
        var name = words.rest(1, 1, "logs NAME [-f] [-n LINES]").getFirst();
        return new Logs(data(words), name, words.number("-n", 0, 1_000_000, Logs.LINES), words.has("-f"));
    }

    private static Command ask(Words words) {
        var text = words.rest(1, 1, "ask \"TEXT\" [--user U] [--shop S]").getFirst();
        return new Ask(data(words), text, words.option("--user"), words.option("--shop"));
    }

    private static Command token(Words words) {
        var rest = words.rest(1, 2, "token merchant|agent|unmask|ops [NAME]");
        return new Token(data(words), rest.getFirst(), rest.size() > 1 ? rest.get(1) : "");
    }

    private static Command env(Words words) {
        return new Env(words.rest(0, 1, "env [FILE]").stream().map(Path::of).findFirst());
    }

    private static Command bench(Words words) {
        var usage = "bench ingest [--orders N] [--file F] [--seed N] [--shop S]"
                + " or bench slow-source [--rate N] [--seconds N] [--shop S]";
        return switch (words.rest(1, 1, usage).getFirst()) {
            case "ingest" -> benchIngest(words);
            case "slow-source" ->
                new BenchSlowSource(
                        data(words),
                        words.number("--rate", 1, 1_000, 50),
                        Duration.ofSeconds(words.number("--seconds", 1, 600, 20)),
                        words.option("--shop"));
            default -> throw new NotUnderstood("Expected: " + usage);
        };
    }

    private static Command benchIngest(Words words) {
        return new BenchIngest(
                data(words),
                words.option("--file").map(Path::of),
                words.number("--orders", 1, 10_000_000, 100_000),
                words.number("--seed", 0, Integer.MAX_VALUE, 1),
                words.option("--shop"));
    }

    private static Command flow(Words words) {
        var usage = "flow test FILE [--shop S]";
        var rest = words.rest(2, 2, usage);
        if (!rest.getFirst().equals("test")) {
            throw new NotUnderstood("Expected: " + usage);
        }
        return new FlowTest(data(words), Path.of(rest.getLast()), words.option("--shop"));
    }

    private static Command backup(Words words) {
        words.rest(0, 0, "backup [--to DIR]");
        return new Backup(data(words), words.option("--to").map(Path::of));
    }

    private static Command restore(Words words) {
        return new Restore(data(words), words.rest(1, 1, "restore FROM").getFirst());
    }

    private static Command doctor(Words words) {
        words.rest(0, 0, "doctor [--data DIR] [--port N]");
        return new Doctor(data(words), words.number("--port", 1, 65_535, Addresses.GATEWAY_PORT));
    }

    private static Command help() {
        return () -> {
            System.out.println(USAGE);
            return 0;
        };
    }
}
