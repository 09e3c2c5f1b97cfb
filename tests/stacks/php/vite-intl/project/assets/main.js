import './style.css';

document.title = 'Fresh bread';
