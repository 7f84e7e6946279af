/// What reading and writing the suite's own JSON costs with each of two libraries: fastjson2, which frames, Redis and
/// Kafka are written with, and Jackson as Spring Boot sets it up, which REST is written with.
/// [io.xiaoer.bench.json.Samples]
/// holds what is read and written and tells where the two do not agree.
@NullMarked
package io.xiaoer.bench.json;

import org.jspecify.annotations.NullMarked;
