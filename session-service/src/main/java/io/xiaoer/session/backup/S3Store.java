package io.xiaoer.session.backup;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Backups in a bucket of an S3-compatible store, addressed by path. Each call has a deadline; the SDK repeats what can
/// be repeated.
final class S3Store implements BackupStore, AutoCloseable {

    private static final Duration CALL = Duration.ofSeconds(60);
    private static final Duration TRY = Duration.ofSeconds(20);

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    private S3Store(S3Client client, String bucket, String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /// @param settings whose target is `s3://bucket/prefix`
    static S3Store of(BackupSettings settings) {
        var target = settings.target().substring("s3://".length());
        int slash = target.indexOf('/');
        var bucket = slash < 0 ? target : target.substring(0, slash);
        var path = slash < 0 ? "" : target.substring(slash + 1);
        return new S3Store(client(settings), bucket, path.isEmpty() || path.endsWith("/") ? path : path + '/');
    }

    private static S3Client client(BackupSettings settings) {
        // Checksums of the newer kind are asked for only where a call needs one: not every compatible store has them.
        var builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(Duration.ofSeconds(5)))
                .region(Region.of(settings.region()))
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(call -> call.apiCallTimeout(CALL).apiCallAttemptTimeout(TRY));
        if (!settings.endpoint().isEmpty()) {
            builder.endpointOverride(URI.create(settings.endpoint()));
        }
        if (!settings.accessKey().isEmpty()) {
            builder.credentialsProvider(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(settings.accessKey(), settings.secretKey())));
        }
        return builder.build();
    }

    @Override
    public void put(String backup, String object, byte[] bytes) {
        try {
            client.putObject(put -> put.bucket(bucket).key(key(backup, object)), RequestBody.fromBytes(bytes));
        } catch (SdkException e) {
            throw new StoreAway("cannot write to bucket " + bucket, e);
        }
    }

    @Override
    public Optional<byte[]> get(String backup, String object) {
        try {
            return Optional.of(client.getObjectAsBytes(get -> get.bucket(bucket).key(key(backup, object)))
                    .asByteArray());
        } catch (NoSuchKeyException absent) {
            return Optional.empty();
        } catch (SdkException e) {
            throw new StoreAway("cannot read from bucket " + bucket, e);
        }
    }

    @Override
    public List<String> backups() {
        try {
            return client
                    .listObjectsV2Paginator(
                            list -> list.bucket(bucket).prefix(prefix).delimiter("/"))
                    .commonPrefixes()
                    .stream()
                    .map(CommonPrefix::prefix)
                    .map(each -> each.substring(prefix.length(), each.length() - 1))
                    .toList();
        } catch (SdkException e) {
            throw new StoreAway("cannot list bucket " + bucket, e);
        }
    }

    @Override
    public void delete(String backup) {
        try {
            deleteObject(key(backup, Manifest.OBJECT));
            // One call each: deleting many at once needs a checksum that not every compatible store takes.
            for (var key : objects(backup)) {
                deleteObject(key);
            }
        } catch (SdkException e) {
            throw new StoreAway("cannot delete from bucket " + bucket, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private List<String> objects(String backup) {
        var keys = new ArrayList<String>();
        client.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix + backup + '/')).contents().stream()
                .map(S3Object::key)
                .forEach(keys::add);
        return keys;
    }

    private void deleteObject(String key) {
        client.deleteObject(delete -> delete.bucket(bucket).key(key));
    }

    private String key(String backup, String object) {
        return prefix + backup + '/' + object;
    }
}
