package io.xiaoer.bench.json;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONFactory;
import com.alibaba.fastjson2.JSONReader;
import com.alibaba.fastjson2.JSONWriter;
import io.xiaoer.common.event.EventJson;
import io.xiaoer.common.event.MessageStored;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What is measured: the name of a method is what is done, and with what. Each does what the services do there.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JsonBenchmark {
    private final Samples samples = new Samples();

    /// Made by the harness.
    public JsonBenchmark() {}

    @Benchmark
    public Object frameReadFastjson2() {
        return JSON.parseObject(samples.frame, JSONFactory.createReadContext(JSONReader.Feature.DisableSingleQuote));
    }

    @Benchmark
    public Object frameReadJackson() {
        return Samples.JACKSON.readValue(samples.frame, Samples.MAP);
    }

    @Benchmark
    public Object recordReadFastjson2() {
        return EventJson.decode(samples.recordBytes, MessageStored.class);
    }

    @Benchmark
    public Object recordReadJackson() {
        return Samples.JACKSON.readValue(samples.recordBytes, MessageStored.class);
    }

    @Benchmark
    public Object recordWriteFastjson2() {
        return EventJson.encode(samples.record);
    }

    @Benchmark
    public Object recordWriteJackson() {
        return Samples.JACKSON.writeValueAsBytes(samples.record);
    }

    @Benchmark
    public Object cardReadFastjson2() {
        return JSON.parseObject(samples.cardText);
    }

    @Benchmark
    public Object cardReadJackson() {
        return Samples.JACKSON.readValue(samples.cardText, Samples.MAP);
    }

    @Benchmark
    public Object cardWriteFastjson2() {
        return JSON.toJSONString(samples.card, JSONWriter.Feature.WriteMapNullValue);
    }

    @Benchmark
    public Object cardWriteJackson() {
        return Samples.JACKSON.writeValueAsString(samples.card);
    }
}
