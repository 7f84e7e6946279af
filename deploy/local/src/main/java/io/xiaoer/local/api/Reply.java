package io.xiaoer.local.api;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import java.util.List;

/// What came back for a call.
public record Reply(int status, String text) {

    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /// Whether the same call may do better a little later: a part of the suite was not there.
    public boolean transientFailure() {
        return status == 502 || status == 503 || status == 504 || status == 429;
    }

    /// The body as an object; empty if it is none.
    public JSONObject json() {
        try {
            var json = JSON.parseObject(text);
            return json == null ? new JSONObject() : json;
        } catch (JSONException e) {
            return new JSONObject();
        }
    }

    /// The one resource of an answer.
    public JSONObject data() {
        var data = json().getJSONObject("data");
        return data == null ? new JSONObject() : data;
    }

    public JSONObject attributes() {
        var attributes = data().getJSONObject("attributes");
        return attributes == null ? new JSONObject() : attributes;
    }

    /// The resources under the name, `data` of a list or `included`.
    public List<JSONObject> resources(String name) {
        return json().get(name) instanceof JSONArray array ? array.toJavaList(JSONObject.class) : List.of();
    }

    /// Why the call was refused, in a sentence.
    public String reason() {
        var problem = json();
        var detail = problem.getString("detail");
        var title = problem.getString("title");
        var why = detail != null ? detail : title != null ? title : text.strip();
        var code = problem.getString("code");
        return "%d %s%s".formatted(status, code == null ? "" : code + ": ", why.isEmpty() ? "(no body)" : why);
    }
}
