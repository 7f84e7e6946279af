package io.xiaoer.local.command;

import io.xiaoer.local.data.KeyMaterial;
import io.xiaoer.local.data.Secrets;
import io.xiaoer.local.server.DirectoryTree;
import io.xiaoer.local.server.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Fresh secrets under the names that docker-compose.yml and the compose files beside it read. Printed, or added to a
/// file that lacks them: what a file has stays, for data lies under its keys.
final class Env implements Command {

    private static final Pattern NAMED = Pattern.compile("(?m)^[ \\t]*(?:export[ \\t]+)?([A-Z][A-Z0-9_]*)=");

    private final Optional<Path> file;

    /// @param file as of `docker compose --env-file`, which need not be there
    Env(Optional<Path> file) {
        this.file = file;
    }

    @Override
    public int run() throws Refusal, IOException {
        if (file.isPresent()) {
            add(file.get());
        } else {
            System.out.print(lines(fresh()));
        }
        return 0;
    }

    private static void add(Path file) throws Refusal, IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new Refusal(file + " is no file");
        }
        var folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new Refusal("There is no directory " + folder);
        }
        var kept = Files.exists(file) ? Files.readString(file) : "";
        var missing = fresh();
        NAMED.matcher(kept).results().map(each -> each.group(1)).forEach(missing::remove);
        if (missing.isEmpty()) {
            System.out.println(file + " has every secret; nothing was changed.");
            return;
        }
        var ended = kept.isEmpty() || kept.endsWith("\n") ? kept : kept + '\n';
        PrivateFiles.write(Files.exists(file) ? file.toRealPath() : file, ended + lines(missing));
        System.out.println("Fresh in " + file + ": " + String.join(", ", missing.keySet()));
    }

    private static Map<String, String> fresh() throws IOException {
        var material = new KeyMaterial();
        var temporary = Files.createTempDirectory("xiaoer-env");
        try {
            var secrets = new Secrets(temporary);
            var fresh = new LinkedHashMap<String, String>();
            fresh.put("REDIS_PASSWORD", secrets.redisPassword().value());
            fresh.put("DB_PASSWORD", secrets.databasePassword().value());
            fresh.put("DB_ROOT_PASSWORD", material.password().value());
            fresh.put("KAFKA_CLUSTER_ID", material.clusterId());
            fresh.put("SUITE_SIGNING_KEY", secrets.suiteSigningKey().value());
            fresh.put("BOT_SERVICE_SECRET", secrets.service("bot-service").value());
            fresh.put(
                    "ORDER_SYNC_SERVICE_SECRET",
                    secrets.service("order-sync-service").value());
            fresh.put(
                    "COMPENSATION_SERVICE_SECRET",
                    secrets.service("compensation-service").value());
            fresh.put("FIELD_KEYSET", secrets.fieldKeyset().value());
            fresh.put("WEBHOOK_KEYSET", secrets.webhookKeyset().value());
            fresh.put("FIELD_HASH_KEY", secrets.fieldHashKey().value());
            fresh.put("IDENTITY_SIGNING_KEY", secrets.identitySigningKey().value());
            fresh.put("IDENTITY_CLIENTS", secrets.clients().value());
            fresh.put("GRAFANA_ADMIN_PASSWORD", material.password().value());
            return fresh;
        } finally {
            DirectoryTree.delete(temporary);
        }
    }

    private static String lines(Map<String, String> variables) {
        return variables.entrySet().stream()
                .map(each -> each.getKey() + '=' + each.getValue() + '\n')
                .collect(Collectors.joining());
    }
}
