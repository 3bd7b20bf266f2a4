package dev.gaon.benchmarks.streams;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HeldCertificate;

/**
 * Streams tokens at an even pace to as many clients as come, for as little CPU as possible: one thread, bytes made
 * beforehand. Plain HTTP/1.1 on one port; HTTP/2 over TLS, with a limit of streams on each connection, on another.
 *
 * <p>A request names its pace and length in its model: {@code <tokens a second>x<tokens>}. Prints {@code <port> <TLS
 * port>}, and writes the certificate to trust.
 */
final class LoadServer {

    private static final int TICK_MS = 10;
    private static final int STREAMS_PER_CONNECTION = 100;

    private static final byte[] EVENT =
            ("data: {\"id\":\"chatcmpl-7b1e5f0c94\",\"object\":\"chat.completion.chunk\",\"created\":1795000000,"
                            + "\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" 정부\"},\"finish_reason\":null}]}\n\n")
                    .getBytes(StandardCharsets.UTF_8);
    private static final byte[] LAST =
            ("data: {\"id\":\"chatcmpl-7b1e5f0c94\",\"object\":\"chat.completion.chunk\",\"created\":1795000000,"
                            + "\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                            + "data: [DONE]\n\n")
                    .getBytes(StandardCharsets.UTF_8);

    private LoadServer() {}

    /** A reply under way. */
    private abstract static class Reply {

        final Channel channel;
        private int left;
        private int pause;
        private boolean over;

        Reply(Channel channel) {
            this.channel = channel;
        }

        abstract void head();

        abstract void event();

        abstract void last();
    }

    /** Replies by the tick at which their next token is due; everything on the one event loop. */
    private static final class Pace {

        private final List<Queue<Reply>> slots = new ArrayList<>();
        private final long startedAt = System.nanoTime();
        private long tick;
        private int begun;

        Pace(EventLoop loop) {
            for (int i = 0; i < 60_000 / TICK_MS; i++) {
                slots.add(new ArrayDeque<>());
            }
            loop.scheduleAtFixedRate(this::run, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
        }

        void begin(Reply reply, byte[] request) {
            String text = new String(request, StandardCharsets.UTF_8);
            int at = text.indexOf("\"model\":\"") + 9;
            String[] asked = text.substring(at, text.indexOf('"', at)).split("x");
            reply.pause = 1000 / TICK_MS / Integer.parseInt(asked[0]);
            reply.left = Integer.parseInt(asked[1]);
            reply.head();
            reply.channel.flush();
            // Spread evenly over the ticks of one pause.
            slot(tick + 1 + begun++ % reply.pause).add(reply);
        }

        private Queue<Reply> slot(long at) {
            return slots.get((int) (at % slots.size()));
        }

        private void run() {
            long now = (System.nanoTime() - startedAt) / 1_000_000 / TICK_MS;
            while (tick < now) {
                tick++;
                Queue<Reply> due = slot(tick);
                for (Reply reply; (reply = due.poll()) != null; ) {
                    step(reply);
                }
            }
        }

        private void step(Reply reply) {
            if (reply.over || !reply.channel.isActive()) {
                return;
            }
            if (reply.left-- > 0) {
                reply.event();
                slot(tick + reply.pause).add(reply);
            } else {
                reply.last();
            }
            reply.channel.flush();
        }
    }

    private static ByteBuf bytes(byte[] bytes) {
        return Unpooled.unreleasableBuffer(
                Unpooled.directBuffer(bytes.length).writeBytes(bytes).asReadOnly());
    }

    /** One HTTP/1.1 connection. */
    private static final class Plain extends ByteToMessageDecoder {

        private static final ByteBuf HEAD = bytes(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes());
        private static final ByteBuf CHUNK = bytes(chunk(EVENT, ""));
        private static final ByteBuf END = bytes(chunk(LAST, "0\r\n\r\n"));

        private final Pace pace;

        Plain(Pace pace) {
            this.pace = pace;
        }

        private static byte[] chunk(byte[] data, String after) {
            return (Integer.toHexString(data.length) + "\r\n" + new String(data, StandardCharsets.UTF_8) + "\r\n"
                            + after)
                    .getBytes(StandardCharsets.UTF_8);
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            String seen = in.toString(StandardCharsets.ISO_8859_1);
            int head = seen.indexOf("\r\n\r\n") + 4;
            if (head < 4) {
                return;
            }
            int at = seen.indexOf("Content-Length: ") + 16;
            int length = Integer.parseInt(seen.substring(at, seen.indexOf('\r', at)));
            if (in.readableBytes() < head + length) {
                return;
            }
            byte[] body = new byte[length];
            in.skipBytes(head).readBytes(body);
            pace.begin(
                    new Reply(context.channel()) {
                        @Override
                        void head() {
                            channel.write(HEAD.duplicate());
                        }

                        @Override
                        void event() {
                            channel.write(CHUNK.duplicate());
                        }

                        @Override
                        void last() {
                            channel.write(END.duplicate());
                        }
                    },
                    body);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /** One HTTP/2 connection: frames by hand, header blocks skipped unread. */
    private static final class Frames extends ByteToMessageDecoder {

        private static final byte[] HEAD_BLOCK = head();

        private final Pace pace;
        private final Stream[] open = new Stream[STREAMS_PER_CONNECTION];
        private int count;
        private boolean greeted;

        Frames(Pace pace) {
            this.pace = pace;
        }

        /** {@code :status: 200} and {@code content-type} by their places in HPACK's static table. */
        private static byte[] head() {
            byte[] type = "text/event-stream".getBytes(StandardCharsets.US_ASCII);
            byte[] block = new byte[4 + type.length];
            block[0] = (byte) 0x88;
            block[1] = 0x0f;
            block[2] = 0x10;
            block[3] = (byte) type.length;
            System.arraycopy(type, 0, block, 4, type.length);
            return block;
        }

        private final class Stream extends Reply {
            private final int id;
            private final int place;
            private byte[] body = new byte[0];

            Stream(Channel channel, int id, int place) {
                super(channel);
                this.id = id;
                this.place = place;
            }

            @Override
            void head() {
                write(channel, 1, 4, id, HEAD_BLOCK);
            }

            @Override
            void event() {
                write(channel, 0, 0, id, EVENT);
            }

            @Override
            void last() {
                write(channel, 0, 1, id, LAST);
                end();
            }

            void end() {
                super.over = true;
                open[place] = null;
                count--;
            }
        }

        private static void write(Channel channel, int type, int flags, int id, byte[] payload) {
            ByteBuf frame = channel.alloc().directBuffer(9 + payload.length);
            frame.writeInt(payload.length << 8 | type)
                    .writeByte(flags)
                    .writeInt(id)
                    .writeBytes(payload);
            channel.write(frame);
        }

        private static byte[] number(int value) {
            return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            if (!greeted) {
                if (in.readableBytes() < 24) {
                    return;
                }
                in.skipBytes(24);
                greeted = true;
                byte[] limit = {0, 3, 0, 0, 0, STREAMS_PER_CONNECTION};
                write(context.channel(), 4, 0, 0, limit);
                context.flush();
            }
            while (in.readableBytes() >= 9) {
                int length = in.getUnsignedMedium(in.readerIndex());
                if (in.readableBytes() < 9 + length) {
                    return;
                }
                int type = in.skipBytes(3).readUnsignedByte();
                int flags = in.readUnsignedByte();
                int id = in.readInt() & 0x7fff_ffff;
                byte[] payload = new byte[length];
                in.readBytes(payload);
                frame(context.channel(), type, flags, id, payload);
            }
            context.flush();
        }

        private Stream find(int id) {
            for (Stream stream : open) {
                if (stream != null && stream.id == id) {
                    return stream;
                }
            }
            return null;
        }

        private void begin(Channel channel, int id) {
            if (count == open.length) {
                write(channel, 3, 0, id, number(7));
                return;
            }
            int place = 0;
            while (open[place] != null) {
                place++;
            }
            open[place] = new Stream(channel, id, place);
            count++;
        }

        private void frame(Channel channel, int type, int flags, int id, byte[] payload) {
            Stream stream = id == 0 ? null : find(id);
            if (type == 1) {
                begin(channel, id);
            } else if (type == 0) {
                if (payload.length > 0) {
                    write(channel, 8, 0, 0, number(payload.length));
                }
                if (stream != null) {
                    int had = stream.body.length;
                    stream.body = Arrays.copyOf(stream.body, had + payload.length);
                    System.arraycopy(payload, 0, stream.body, had, payload.length);
                    if ((flags & 1) != 0) {
                        pace.begin(stream, stream.body);
                        stream.body = null;
                    }
                }
            } else if (type == 3 && stream != null) {
                stream.end();
            } else if (type == 4 && (flags & 1) == 0) {
                write(channel, 4, 1, 0, new byte[0]);
            } else if (type == 6 && (flags & 1) == 0) {
                write(channel, 6, 1, 0, payload);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /** @param arguments where to write the certificate to trust */
    public static void main(String[] arguments) throws Exception {
        HeldCertificate key = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        Files.writeString(Path.of(arguments[0]), key.certificatePem());
        SslContext tls = SslContextBuilder.forServer(key.keyPair().getPrivate(), key.certificate())
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        "h2"))
                .build();
        EventLoopGroup one = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        Pace pace = new Pace(one.next());
        int plain = listen(one, channel -> channel.pipeline().addLast(new Plain(pace)));
        int secure =
                listen(one, channel -> channel.pipeline().addLast(tls.newHandler(channel.alloc()), new Frames(pace)));
        System.out.println(plain + " " + secure);
        // Ends with whoever started it.
        while (System.in.read() >= 0) {
            continue;
        }
        System.exit(0);
    }

    private interface Pipeline {
        void fill(Channel channel);
    }

    private static int listen(EventLoopGroup loop, Pipeline pipeline) throws InterruptedException {
        Channel listening = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 16_384)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        pipeline.fill(channel);
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }
}
