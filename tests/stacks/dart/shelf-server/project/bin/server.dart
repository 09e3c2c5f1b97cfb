import 'dart:io';

import 'package:ferry_times/times.dart';
import 'package:shelf/shelf.dart';
import 'package:shelf/shelf_io.dart' as shelf_io;
import 'package:shelf_router/shelf_router.dart';

Future<void> main() async {
  final router = Router()
    ..get('/healthz', (Request _) => Response.ok('ok'))
    ..get('/', (Request _) => Response.ok(nextFerry()));
  final port = int.parse(Platform.environment['PORT'] ?? '8480');
  final server = await shelf_io.serve(router.call, InternetAddress.anyIPv4, port);
  ProcessSignal.sigterm.watch().listen((_) async {
    await server.close();
    exit(0);
  });
}
