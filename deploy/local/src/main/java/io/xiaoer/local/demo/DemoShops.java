package io.xiaoer.local.demo;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.xiaoer.local.api.Api;
import io.xiaoer.local.api.Reply;
import io.xiaoer.local.data.Client;
import io.xiaoer.local.data.Secrets;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Loads the demo shops. Every step may be repeated: the same order, question or template is the same again, and what
/// is newer in the suite stays.
public final class DemoShops {
    private static final int ATTEMPTS = 30;
    private static final long PAUSE_S = 1;

    private final Api api;
    private final Secrets secrets;
    private final CountDownLatch never = new CountDownLatch(1);

    public DemoShops(Api api, Secrets secrets) {
        this.api = api;
        this.secrets = secrets;
    }

    /// What a call does; sent again while a part of the suite is away.
    private interface Call {
        Reply send() throws IOException, InterruptedException;
    }

    public void load() throws IOException, InterruptedException {
        var ops = token(secrets.ops());
        for (var merchant : secrets.merchants()) {
            load(Objects.requireNonNull(merchant.shopId()), merchant, ops);
        }
    }

    /// Waits until the bot has learnt what the shops' questions mean, and says whether it has in the end.
    public boolean areLearnt() throws IOException, InterruptedException {
        for (var merchant : secrets.merchants()) {
            var token = token(merchant);
            var learnt = false;
            for (var attempt = 0; attempt < ATTEMPTS && !learnt; attempt++) {
                var found = sent(() -> api.post("/api/v1/faqs/search", token, JSONObject.of("text", "运费")));
                learnt = found.ok() && !found.json().getJSONObject("meta").getBooleanValue("learning");
                if (!learnt) {
                    pause();
                }
            }
            if (!learnt) {
                return false;
            }
        }
        return true;
    }

    private void load(String shop, Client merchant, String ops) throws IOException, InterruptedException {
        var path = "/api/v1/ops/shops/" + shop;
        var known = attempt("looking for shop " + shop, () -> api.get(path, ops), true);
        if (known.status() == 404) {
            attempt("making shop " + shop, () -> api.put(path, ops, JSON.parseObject(read(shop, "shop.json"))));
        }
        var token = token(merchant);
        var orders = attempt(
                "loading orders of shop " + shop,
                () -> api.postLines("/api/v1/orders/batch", token, read(shop, "orders.ndjson")));
        requireNoRefusal("order", shop, orders);
        var faqs = attempt(
                "loading questions of shop " + shop,
                () -> api.postLines("/api/v1/faqs/import", token, read(shop, "faqs.ndjson")));
        requireNoRefusal("question", shop, faqs);
        for (var line : read(shop, "coupon-templates.ndjson").lines().toList()) {
            var template = JSON.parseObject(line);
            var id = template.getString("id");
            template.remove("id");
            attempt(
                    "making coupon template " + id + " of shop " + shop,
                    () -> api.put("/api/v1/coupon-templates/" + id, token, template));
        }
        attempt(
                "saying how far shoppers of shop " + shop + " help themselves",
                () -> api.put("/api/v1/service-policy", token, JSON.parseObject(read(shop, "service-policy.json"))));
    }

    /// A batch answers 200 with one result a line; a refused line is a fault of our own data.
    private static void requireNoRefusal(String what, String shop, Reply reply) throws IOException {
        for (var line : reply.text().lines().toList()) {
            if (line.startsWith("{") && JSON.isValidObject(line) && refused(JSON.parseObject(line))) {
                throw new IOException("A demo %s of shop %s was refused: %s".formatted(what, shop, line));
            }
        }
    }

    private static boolean refused(JSONObject result) {
        return result.containsKey("code") || result.containsKey("errors") || "error".equals(result.getString("status"));
    }

    private String token(Client client) throws IOException, InterruptedException {
        IOException last = null;
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return api.token(client);
            } catch (IOException e) {
                last = e;
                pause();
            }
        }
        throw Objects.requireNonNull(last);
    }

    private Reply attempt(String what, Call call) throws IOException, InterruptedException {
        return attempt(what, call, false);
    }

    private Reply attempt(String what, Call call, boolean mayBeAbsent) throws IOException, InterruptedException {
        var reply = new Reply(503, "");
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            reply = sent(call);
            if (reply.ok() || mayBeAbsent && reply.status() == 404) {
                return reply;
            }
            if (!reply.transientFailure()) {
                break;
            }
            pause();
        }
        throw new IOException("The demo shops are not loaded; %s failed: %s".formatted(what, reply.reason()));
    }

    private static Reply sent(Call call) throws IOException, InterruptedException {
        try {
            return call.send();
        } catch (FileNotFoundException e) {
            throw e;
        } catch (IOException e) {
            return new Reply(503, e.toString());
        }
    }

    private void pause() throws InterruptedException {
        var ignored = never.await(PAUSE_S, TimeUnit.SECONDS);
    }

    private static String read(String shop, String name) throws IOException {
        var path = "/demo/%s/%s".formatted(shop, name);
        try (var stream = DemoShops.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new FileNotFoundException(path);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
