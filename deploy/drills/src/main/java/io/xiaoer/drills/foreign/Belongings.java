package io.xiaoer.drills.foreign;

import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import com.alibaba.fastjson2.JSONWriter;
import io.xiaoer.drills.ledger.Message;
import io.xiaoer.drills.load.Calls;
import io.xiaoer.drills.load.Gateway.Reply;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What the first shop has, a thing of each kind: each has a secret in it that stands in no name and no id, so that
/// whoever shows the secret has shown the thing.
public final class Belongings {
    private static final Set<String> DEEDS = Set.of("replayed", "discarded");
    private static final int MOST_LOOKS = 120;
    private static final long LOOK_AGAIN_MS = 500;

    private final Calls calls;
    private final String shop;
    private final String merchant;
    private final String name;
    private final String secret;
    private final String token;
    private final String session;
    private final String command;
    private final String task;

    private Belongings(Calls calls, String shop, String merchant, String run) throws IOException, InterruptedException {
        this.calls = calls;
        this.shop = shop;
        this.merchant = merchant;
        this.name = "drill-" + run;
        this.secret = "only-ours-" + run;
        this.token = calls.chatToken(merchant, shopper());
        this.session = calls.session(token);
        fill();
        this.command = failingCommand();
        this.task = task();
    }

    /// Makes everything.
    ///
    /// @param run tells what is made for this run from that of others
    public static Belongings make(Calls calls, String shop, String merchant, String run)
            throws IOException, InterruptedException {
        return new Belongings(calls, shop, merchant, run);
    }

    private void fill() throws IOException {
        expect("PUT", orderPath(), order(shopper(), secret, 12_900, "2026-11-01T00:00:00Z"));
        expect("PUT", faqPath(), entry(question() + "，" + secret, secret));
        expect("PUT", templatePath(), template(secret));
        expect("PUT", stockPath(), JSONObject.of("on_hand", 7));
        calls.expect("POST", sessionPath() + "/handoff", token, JSONObject.of("reason", secret), "asking for a person");
        calls.expect("POST", messagesPath(), token, JSONObject.of("id", name, "text", secret), "telling a secret");
    }

    /// A command of which compensation has a task, with the secret in it.
    private String failingCommand() throws IOException {
        var body = JSONObject.of("user_id", shopper(), "template_id", secret);
        var headers = Map.of("Idempotency-Key", name);
        var reply = calls.expect("POST", "/api/v1/commands/coupons", merchant, body, headers, "a command that fails");
        return Objects.requireNonNull(reply.data().getString("id"), reply.text());
    }

    private String task() throws IOException, InterruptedException {
        for (var looks = 0; looks < MOST_LOOKS; looks++) {
            var tasks =
                    expect("GET", "/api/v1/compensations?q=" + command, null).list();
            if (!tasks.isEmpty()) {
                return Objects.requireNonNull(tasks.getFirst().getString("id"));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
        throw new IOException("The command that fails did not come into compensation");
    }

    private Reply expect(String method, String path, @Nullable JSONObject body) throws IOException {
        return calls.expect(method, path, merchant, body, method + " " + path);
    }

    /// What of it can be changed, as the shop itself sees it.
    Map<String, String> seen() throws IOException {
        var seen = new TreeMap<String, String>();
        for (String path : List.of(orderPath(), faqPath(), templatePath(), stockPath())) {
            seen.put(path, text(expect("GET", path, null).data()));
        }
        var standing = expect("GET", commandPath(), null).data().getJSONObject("attributes");
        seen.put(commandPath(), String.valueOf(standing.getString("status")));
        // Compensation tries again by itself; what counts is what a person did.
        var history = expect("GET", taskPath(), null)
                .data()
                .getJSONObject("attributes")
                .getJSONArray("history");
        seen.put(
                taskPath(),
                Objects.requireNonNullElseGet(history, JSONArray::new).toJavaList(JSONObject.class).stream()
                        .map(entry -> String.valueOf(entry.getString("action")))
                        .filter(DEEDS::contains)
                        .toList()
                        .toString());
        var owner = calls.expect("GET", sessionPath(), token, null, "the session")
                .data()
                .getJSONObject("attributes")
                .getString("owner");
        seen.put(sessionPath(), "closed".equals(owner) ? "closed" : "open");
        seen.put(
                messagesPath(),
                calls.log(messagesPath(), token).stream()
                        .filter(message -> !message.role().equals("system"))
                        .map(Message::content)
                        .toList()
                        .toString());
        return seen;
    }

    /// Takes away what others of this shop would come across: a shopper who waits, an answer to a question.
    public void leave() throws IOException {
        calls.delete(sessionPath(), token);
        calls.delete(faqPath(), merchant);
    }

    private static String text(JSONObject data) {
        return data.toString(JSONWriter.Feature.SortMapEntriesByKeys);
    }

    static JSONObject order(String user, String title, long total, String updated) {
        var item = JSONObject.of("sku", "lamp", "title", title, "quantity", 1, "unit_price", money(total));
        return JSONObject.of("user_id", user, "status", "paid", "total", money(total), "items", List.of(item))
                .fluentPut("placed_at", "2026-11-01T00:00:00Z")
                .fluentPut("updated_at", updated);
    }

    static JSONObject entry(String question, String answer) {
        return JSONObject.of("question", question, "similar", List.of(), "answer", answer, "locale", "zh");
    }

    static JSONObject template(String title) {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return JSONObject.of("title", title, "value", money(500), "stock", 10, "per_user", 1)
                .fluentPut("valid_from", now.minus(1, ChronoUnit.DAYS).toString())
                .fluentPut("valid_to", now.plus(1, ChronoUnit.DAYS).toString());
    }

    static JSONObject money(long amount) {
        return JSONObject.of("amount_minor", amount, "currency", "CNY");
    }

    /// What nobody else may be shown: the secret, and ids that the suite made for this shop.
    List<String> marks() {
        return List.of(secret, session, command, task);
    }

    String secret() {
        return secret;
    }

    /// The token of the shopper whose session it is.
    String token() {
        return token;
    }

    String merchant() {
        return merchant;
    }

    String shop() {
        return shop;
    }

    String shopper() {
        return name + "-buyer";
    }

    String session() {
        return session;
    }

    String command() {
        return command;
    }

    String order() {
        return name + "-order";
    }

    /// What may be asked without knowing the secret.
    String question() {
        return "请问" + name + "是什么";
    }

    String orderPath() {
        return "/api/v1/orders/" + order();
    }

    String faqPath() {
        return "/api/v1/faqs/" + name;
    }

    String templatePath() {
        return "/api/v1/coupon-templates/" + name;
    }

    String stockPath() {
        return "/api/v1/inventory/" + name;
    }

    String commandPath() {
        return "/api/v1/commands/" + command;
    }

    String taskPath() {
        return "/api/v1/compensations/" + task;
    }

    String sessionPath() {
        return "/api/v1/bot/sessions/" + session;
    }

    String messagesPath() {
        return sessionPath() + "/messages";
    }

    String heldPath() {
        return "/api/v1/agent/sessions/" + session;
    }
}
