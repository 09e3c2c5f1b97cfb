@vite("resources/css/app.css") @foreach ($letters as $letter) <p>{{ $letter->text }}</p> @endforeach
