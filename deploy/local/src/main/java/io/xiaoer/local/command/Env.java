package io.xiaoer.local.command;

import io.xiaoer.local.data.KeyMaterial;
import io.xiaoer.local.data.Secrets;
import io.xiaoer.local.server.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;

/// Prints fresh secrets under the names that docker-compose.yml reads; `./xiaoer env > .env` keeps them.
final class Env implements Command {

    @Override
    public int run() throws IOException {
        var material = new KeyMaterial();
        var temporary = Files.createTempDirectory("xiaoer-env");
        try {
            var secrets = new Secrets(temporary);
            print("REDIS_PASSWORD", secrets.redisPassword().value());
            print("DB_PASSWORD", secrets.databasePassword().value());
            print("DB_ROOT_PASSWORD", material.password().value());
            print("KAFKA_CLUSTER_ID", material.clusterId());
            print("SUITE_SIGNING_KEY", secrets.suiteSigningKey().value());
            print("BOT_SERVICE_SECRET", secrets.service("bot-service").value());
            print(
                    "ORDER_SYNC_SERVICE_SECRET",
                    secrets.service("order-sync-service").value());
            print(
                    "COMPENSATION_SERVICE_SECRET",
                    secrets.service("compensation-service").value());
            print("FIELD_KEYSET", secrets.fieldKeyset().value());
            print("WEBHOOK_KEYSET", secrets.webhookKeyset().value());
            print("FIELD_HASH_KEY", secrets.fieldHashKey().value());
            print("IDENTITY_SIGNING_KEY", secrets.identitySigningKey().value());
            print("IDENTITY_CLIENTS", secrets.clients().value());
            return 0;
        } finally {
            DirectoryTree.delete(temporary);
        }
    }

    private static void print(String name, String value) {
        System.out.println(name + "=" + value);
    }
}
